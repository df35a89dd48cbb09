import assert from 'node:assert/strict'
import type { DogstatsdSettings } from '../../src/component/dogstatsd-settings.ts'
import { Aggregator } from '../../src/sources/dogstatsd/aggregate/aggregator.ts'
import { counterNames, Counters, type CounterName } from '../../src/sources/dogstatsd/counters.ts'
import { createMetricRules } from '../../src/sources/dogstatsd/rules/create-metric-rules.ts'
import { compareIntervals } from './compare-intervals.ts'
import { ClosedDecoder } from './decode-closed.ts'
import { PlainAggregator } from './plain-aggregator.ts'
import type { PlainOrigin } from './plain-context.ts'
import type { Datagram } from './random-datagrams.ts'
import type { Random } from './random.ts'

export interface RunOptions {
  readonly settings: DogstatsdSettings
  readonly next: () => Datagram
  /** How many there are. */
  readonly datagrams: number
  /** Intervals that they are spread over. */
  readonly intervals: number
  /**
   * Whether more come while an interval is told. What is forgotten then may stay if it is heard of, so that it is not to be
   * said how many contexts there are.
   */
  readonly isReadWhileDrained: boolean
}

/** What both ways made of the same datagrams. */
export interface RunTotals {
  readonly series: number
  readonly sketches: number
  readonly timed: number
  readonly happenings: number
  readonly counters: Readonly<Partial<Record<CounterName, number>>>
}

const intervalS = 10
const firstS = 1_700_000_000
/** That lie behind each packet (`PacketReader`). */
const spareBytes = 8
/** Compares the counters after each datagram, and so tells which one is read differently; takes ten times as long. */
const isStepwise = process.env['VIGIE_TEST_STEPS'] !== undefined
/** Counters that both ways have. */
const compared: readonly CounterName[] = counterNames.filter((name) =>
  /^(?:samples$|events$|service_checks$|bad\.(?!frame)|dropped\.)/.test(name),
)

/**
 * Gives datagrams to the fast way and to the plain one, and looks that the same comes of them.
 * @param random Says where in memory they lie, and when tags of containers change.
 * @throws {assert.AssertionError} With the seed and the first difference.
 */
export function compareRuns(random: Random, options: RunOptions): RunTotals {
  const run = new Run(random, options)
  const each = Math.ceil(options.datagrams / options.intervals)
  for (let interval = 0; interval < options.intervals; interval += 1) {
    for (let count = 0; count < each; count += 1) run.read(options.next())
    run.endInterval(options.isReadWhileDrained)
  }
  return run.finish()
}

/** Both ways, side by side. */
class Run {
  readonly #random: Random
  readonly #fast: Aggregator
  readonly #plain: PlainAggregator
  readonly #decoder: ClosedDecoder
  readonly #counters = new Counters()
  readonly #options: RunOptions
  readonly #memory = new Uint8Array(1 << 16)
  #startS = firstS
  #epoch = 0
  #totals = { series: 0, sketches: 0 }

  constructor(random: Random, options: RunOptions) {
    const { settings } = options
    const clock = () => this.#startS * 1000
    const tagSetOf = (origin: PlainOrigin): number => this.#tagSetOf(origin)
    const { aggregates, percentiles } = settings.histogram
    this.#random = random
    this.#options = options
    this.#decoder = new ClosedDecoder(aggregates.length + percentiles.length, tagSetOf)
    const rules = createMetricRules(settings.rules)
    this.#plain = new PlainAggregator({ settings, rules, tagSetOf, clock }, firstS)
    this.#fast = new Aggregator({
      settings,
      rules,
      counters: this.#counters,
      senders: { containerOf },
      clock,
    })
    this.#fast.switchBucket(firstS)
  }

  read({ bytes, sender, transport }: Datagram): void {
    const isDetected = this.#options.settings.origin.isDetected
    this.#plain.read(bytes, isDetected ? containerOf(sender) : undefined, transport)
    // Anywhere in memory that holds what came before, also at its very end.
    const last = this.#memory.length - spareBytes - bytes.length
    const from = this.#random.chance(0.9) ? this.#random.integer(64) : last
    this.#memory.set(bytes, from)
    this.#fast.read(this.#memory, { from, to: from + bytes.length, sender, transport })
    if (isStepwise) {
      this.#takeMessages()
      this.#compareCounters(JSON.stringify(bytes.toString('latin1')))
    }
  }

  /** Tells tag sets, which change now and then, ends the interval in both ways, and compares what came of it. */
  endInterval(isReadOn = false): void {
    this.#decoder.take(this.#fast.takeMessages())
    this.#epoch += this.#random.chance(0.3) ? 1 : 0
    this.#tellTagSets()
    const plain = this.#plain.close(this.#startS + intervalS)
    this.#startS += intervalS
    this.#fast.switchBucket(this.#startS)
    while (this.#fast.drain(1 + this.#random.integer(200))) {
      this.#takeMessages()
      if (isReadOn) this.read(this.#options.next())
    }
    this.#takeMessages()
    const where = `interval ${plain.startS}; VIGIE_TEST_SEED=${this.#random.seed} VIGIE_TEST_STEPS=1 tells more`
    const [fast = { ...plain, values: new Map(), sketches: new Map() }, ...others] =
      this.#decoder.takeClosed()
    assert.deepEqual([fast.startS, others], [plain.startS, []], where)
    compareIntervals(fast, plain, where)
    this.#compareCounters(where)
    if (!this.#options.isReadWhileDrained)
      assert.equal(this.#counters.get('contexts'), this.#plain.contexts, where)
    this.#totals.series += plain.values.size
    this.#totals.sketches += plain.sketches.size
  }

  /** Lets time go by until nothing is left. */
  finish(): RunTotals {
    const { counterExpiryS, contextExpiryS } = this.#options.settings
    const intervals = Math.ceil((counterExpiryS + contextExpiryS) / intervalS) + 10
    for (let interval = 0; interval < intervals; interval += 1) this.endInterval()
    assert.equal(this.#fast.isEmpty, true)
    assert.equal(this.#decoder.contexts.size, 0)
    const { timed, happenings } = this.#plain
    assert.deepEqual(this.#decoder.timed, timed)
    assert.deepEqual(this.#decoder.happenings, happenings)
    const others = { timed: timed.length, happenings: happenings.length }
    return { ...this.#totals, ...others, counters: Object.fromEntries(this.#plain.counters) }
  }

  #takeMessages(): void {
    this.#decoder.take(this.#fast.takeMessages())
  }

  #tellTagSets(): void {
    const origins = [...this.#decoder.origins.values()].filter(({ id }) => id !== 0)
    const originIds = Int32Array.from(origins, ({ id }) => id)
    const tagSetIds = Int32Array.from(origins, (origin) => this.#tagSetOf(origin))
    this.#fast.tell({ kind: 'tag-sets', originIds, tagSetIds })
  }

  /** One of a few, so that several origins have the same. */
  #tagSetOf(origin: PlainOrigin): number {
    const { senderContainerId, localData, externalData, cardinality, entityId } = origin
    const told = [senderContainerId, localData, externalData, cardinality, entityId]
    if (told.every((part) => part === undefined)) return 0
    let sum = this.#epoch
    for (const byte of Buffer.from(told.join())) sum = (sum * 31 + byte) % 10_007
    return sum % 7
  }

  #compareCounters(where: string): void {
    const fast = compared.map((name) => [name, this.#counters.get(name)])
    const plain = compared.map((name) => [name, this.#plain.counters.get(name) ?? 0])
    assert.deepEqual(Object.fromEntries(fast), Object.fromEntries(plain), where)
  }
}

function containerOf(sender: number): string | undefined {
  return sender === 0 ? undefined : `container-${sender}`
}
