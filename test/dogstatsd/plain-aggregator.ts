import type {
  DogstatsdSettings,
  DogstatsdTransport,
} from '../../src/component/dogstatsd-settings.ts'
import type { CounterName } from '../../src/sources/dogstatsd/counters.ts'
import type { MetricType } from '../../src/sources/dogstatsd/metric-type.ts'
import type { MetricRules } from '../../src/sources/dogstatsd/rules/metric-rules.ts'
import type { MetricMessage, MetricSymbol } from '../../src/wire/dogstatsd/message.ts'
import { parseMessage } from '../../src/wire/dogstatsd/parse-message.ts'
import { splitLines } from '../../src/wire/dogstatsd/split-lines.ts'
import { closeContexts, type ClosedInterval } from './plain-close.ts'
import {
  identifyOrigin,
  PlainContexts,
  type PlainContext,
  type PlainIdentity,
  type PlainOrigin,
} from './plain-context.ts'
import { toPlainHappening, type PlainHappening } from './plain-happening.ts'

export interface PlainParts {
  readonly settings: DogstatsdSettings
  readonly rules: MetricRules
  /** Number of the set of tags that the origin has at the moment. */
  readonly tagSetOf: (origin: PlainOrigin) => number
  /** Unix time, milliseconds. */
  readonly clock: () => number
}

/** A sample that came with its time. */
export interface PlainTimedSample {
  readonly context: PlainIdentity
  readonly timeS: number
  readonly value: number
}

const typeOf: Readonly<Record<MetricSymbol, MetricType>> = {
  c: 'count',
  g: 'gauge',
  s: 'set',
  h: 'histogram',
  ms: 'histogram',
  d: 'distribution',
}

/**
 * What comes of packets, written to be read and not to be fast: each sample is kept until its interval ends, and then all is
 * computed from lists. The fast way of `src/sources/dogstatsd/aggregate` is compared with it.
 * @see docs/reference/dogstatsd.md
 */
export class PlainAggregator {
  readonly counters: Map<CounterName, number> = new Map()
  readonly timed: PlainTimedSample[] = []
  readonly happenings: PlainHappening[] = []
  readonly #parts: PlainParts
  readonly #contexts: PlainContexts
  /** Of all sets in the interval that is open. */
  readonly #members = new Set<string>()
  #startS: number
  #order = 0

  /** @param startS Where the first interval begins, Unix time in seconds. */
  constructor(parts: PlainParts, startS: number) {
    this.#parts = parts
    this.#contexts = new PlainContexts(parts.settings)
    this.#startS = startS
  }

  get contexts(): number {
    return this.#contexts.size
  }

  /** Reads all lines of a packet. */
  read(packet: Uint8Array, senderContainerId: string | undefined, from: DogstatsdTransport): void {
    const isEndRequired = this.#parts.settings.listen.lineEndRequired.includes(from)
    const { lines, isUnterminated } = splitLines(packet, isEndRequired)
    if (isEndRequired && isUnterminated) this.#count('bad.unterminated', 1)
    for (const line of lines) this.#readLine(line, senderContainerId)
  }

  /** Ends the interval that is open, and begins the next. */
  close(nextStartS: number): ClosedInterval {
    const { settings, tagSetOf } = this.#parts
    const startS = this.#startS
    const isAlive = ({ type, sampledS }: PlainContext): boolean =>
      type === 'count' && startS - sampledS <= settings.counterExpiryS
    const closing = this.#contexts.all().filter((one) => one.samples.length > 0 || isAlive(one))
    const closed = closeContexts(closing, { startS, settings, tagSetOf })
    this.#count('bad.metric', closed.tooLarge)
    for (const context of closing) context.samples = []
    this.#members.clear()
    this.#contexts.expire(startS)
    this.#startS = nextStartS
    return closed
  }

  #readLine(line: Uint8Array, senderContainerId: string | undefined): void {
    const { settings, clock } = this.#parts
    const message = parseMessage(line, {
      readsTimes: settings.hasNoAggregationPipeline,
      readsOrigin: settings.origin.isToldByClient,
    })
    if (message.kind === 'metric') return this.#addMetric(message, senderContainerId)
    if (message.kind === 'fault')
      return this.#count(`bad.${message.of === 'service-check' ? 'service_check' : message.of}`, 1)
    this.#count(message.kind === 'event' ? 'events' : 'service_checks', 1)
    this.happenings.push(toPlainHappening(message, senderContainerId, clock()))
  }

  #addMetric(message: MetricMessage, senderContainerId: string | undefined): void {
    const type = typeOf[message.type]
    const { timestampS, sampleRate } = message
    const values = message.type === 's' ? [message.member] : message.values
    if (timestampS !== undefined && type !== 'count' && type !== 'gauge')
      return this.#count('dropped.timed_type', values.length)
    const ruled = this.#parts.rules.apply(message.name)
    if (ruled === undefined) return this.#count('dropped.blocklist', values.length)
    const origin = identifyOrigin(message, [...message.tags, ...ruled.tags], senderContainerId)
    const identity = { type, name: ruled.name, ...origin }
    const context = this.#contexts.find(identity, this.#startS)
    if (context === undefined) return this.#count('dropped.contexts_full', values.length)

    this.#count('samples', values.length)
    if (timestampS === undefined) this.#addSamples(context, values, sampleRate)
    else this.#addTimed(context, values, timestampS)
    const prefix = this.#parts.settings.histogram.copyToDistributionPrefix
    if (type === 'histogram' && prefix !== undefined)
      this.#addCopy({ ...identity, name: `${prefix}${ruled.name}` }, values, sampleRate)
  }

  #addTimed(context: PlainContext, values: readonly (number | string)[], timeS: number): void {
    const { type, name, tags, host, origin } = context
    context.heardS = this.#startS
    for (const value of values)
      this.timed.push({ context: { type, name, tags, host, origin }, timeS, value: Number(value) })
  }

  #addCopy(histogram: PlainIdentity, values: readonly (number | string)[], rate: number): void {
    const context = this.#contexts.find({ ...histogram, type: 'distribution' }, this.#startS)
    if (context === undefined) return this.#count('dropped.contexts_full', values.length)
    this.#addSamples(context, values, rate)
  }

  #addSamples(
    context: PlainContext,
    values: readonly (number | string)[],
    sampleRate: number,
  ): void {
    for (const value of values) {
      if (context.type === 'set' && !this.#hasRoom(context, String(value))) continue
      context.sampledS = this.#startS
      context.heardS = this.#startS
      context.samples.push({ value, sampleRate, order: this.#order++ })
    }
  }

  /** Whether one more member of a set may be kept, or is kept already. */
  #hasRoom(context: PlainContext, member: string): boolean {
    const { name, tags, host, origin } = context
    const key = JSON.stringify([name, tags, host, origin, member])
    const isFull = this.#members.size === this.#parts.settings.limits.setMembers
    if (!this.#members.has(key) && isFull) {
      this.#count('dropped.set_members_full', 1)
      return false
    }
    this.#members.add(key)
    return true
  }

  #count(name: CounterName, by: number): void {
    this.counters.set(name, (this.counters.get(name) ?? 0) + by)
  }
}
