import type {
  DogstatsdSettings,
  DogstatsdTransport,
} from '../../src/component/dogstatsd-settings.ts'
import { Aggregator } from '../../src/sources/dogstatsd/aggregate/aggregator.ts'
import { Counters } from '../../src/sources/dogstatsd/counters.ts'
import { createMetricRules } from '../../src/sources/dogstatsd/rules/create-metric-rules.ts'
import type { Context, FromWorker } from '../../src/sources/dogstatsd/worker-messages.ts'
import { dogstatsdDefaults } from '../agent/dogstatsd-settings.ts'

type Kind = FromWorker['kind']
type MessageOf<K extends Kind> = Extract<FromWorker, { kind: K }>

/** The defaults with changes. */
export function settingsWith(
  changes: Partial<DogstatsdSettings>,
  limits: Partial<DogstatsdSettings['limits']> = {},
): DogstatsdSettings {
  return { ...dogstatsdDefaults, ...changes, limits: { ...dogstatsdDefaults.limits, ...limits } }
}

/** Origins are found by credentials and by what clients tell. */
export const withOrigins: DogstatsdSettings = settingsWith({
  origin: { ...dogstatsdDefaults.origin, isToldByClient: true, isDetected: true },
})

/** A sketch as it is told. */
export interface ToldSketch {
  /** Count, minimum, maximum, sum. */
  readonly summary: readonly number[]
  readonly bins: readonly (readonly [key: number, count: number])[]
}

/** What is told of an interval, by `name{tags}`, with `@host` where there is one. */
export type Told = Record<string, number | readonly number[] | ToldSketch>

/** An aggregator with a clock of its own, and packets given to it as text. */
export class AggregatorRun {
  readonly aggregator: Aggregator
  readonly counters = new Counters()
  readonly messages: FromWorker[] = []
  readonly contexts = new Map<number, Context>()
  readonly #figures: number
  nowS: number

  constructor(settings: DogstatsdSettings = dogstatsdDefaults, startS = 1_700_000_000) {
    const { aggregates, percentiles } = settings.histogram
    this.#figures = aggregates.length + percentiles.length
    this.nowS = startS
    this.aggregator = new Aggregator({
      settings,
      counters: this.counters,
      rules: createMetricRules(settings.rules),
      senders: { containerOf: (sender) => (sender === 0 ? undefined : `container${sender}`) },
      clock: () => this.nowS * 1000,
    })
    this.aggregator.switchBucket(startS)
  }

  /** Gives lines as one packet. */
  send(text: string | Uint8Array, sender = 0, transport: DogstatsdTransport = 'udp'): void {
    const bytes = Buffer.from(text)
    const memory = new Uint8Array(bytes.length + 8)
    memory.set(bytes)
    this.aggregator.read(memory, { from: 0, to: bytes.length, sender, transport })
  }

  /** Ends the interval and gives what is told of it. */
  close(maxContexts = 100): Told {
    this.nowS += 10
    this.aggregator.switchBucket(this.nowS)
    return this.drain(maxContexts)
  }

  drain(maxContexts = 100): Told {
    const told: Told = {}
    let isMore = true
    while (isMore) {
      isMore = this.aggregator.drain(maxContexts)
      for (const message of this.take())
        if (message.kind === 'closed') Object.assign(told, this.#read(message))
    }
    return told
  }

  /** Messages since the last call; all ever are in `messages`. */
  take(): readonly FromWorker[] {
    const taken = this.aggregator.takeMessages()
    for (const message of taken) {
      this.messages.push(message)
      if (message.kind === 'contexts')
        for (const context of message.contexts) this.contexts.set(context.id, context)
    }
    return taken
  }

  /** All messages of a kind so far. */
  all<K extends Kind>(kind: K): readonly MessageOf<K>[] {
    // What has the kind is of the kind.
    return this.messages.filter((message): message is MessageOf<K> => message.kind === kind)
  }

  labelOf(contextId: number): string {
    const context = this.contexts.get(contextId)
    if (context === undefined) return `unknown context ${contextId}`
    const host = context.host === undefined ? '' : `@${context.host}`
    return `${context.name}{${context.tags.join()}}${host}`
  }

  #read(part: MessageOf<'closed'>): Told {
    const told: Told = {}
    let at = 0
    for (const id of part.contextIds) {
      const isHistogram = this.contexts.get(id)?.type === 'histogram'
      const length = isHistogram ? this.#figures : 1
      const values = Array.from(part.values.subarray(at, at + length))
      told[this.labelOf(id)] = isHistogram ? values : (values[0] ?? Number.NaN)
      at += length
    }
    const { contextIds, summaries, ends, keys, counts } = part.sketches
    for (const [index, id] of contextIds.entries()) {
      const from = ends[index - 1] ?? 0
      const bins = Array.from(
        keys.subarray(from, ends[index]),
        (key, bin) => [key, counts[from + bin] ?? 0] as const,
      )
      told[this.labelOf(id)] = {
        summary: Array.from(summaries.subarray(index * 4, index * 4 + 4)),
        bins,
      }
    }
    return told
  }
}
