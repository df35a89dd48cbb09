import type {
  ClosedPart,
  Complaint,
  Context,
  FromWorker,
  Origin,
  ReceivedCheck,
  ReceivedEvent,
  SketchColumns,
} from '../../src/sources/dogstatsd/worker-messages.ts'
import type { PlainTimedSample } from './plain-aggregator.ts'
import type { PlainOrigin } from './plain-context.ts'
import type { PlainHappening } from './plain-happening.ts'
import { describeSeries, type ClosedInterval, type ClosedSketch } from './plain-close.ts'

/** Turns what an aggregation tells into plain objects, the same as `PlainAggregator` makes. */
export class ClosedDecoder {
  /** Origins that are known at the moment, by id. */
  readonly origins: Map<number, Origin> = new Map([[0, { id: 0 }]])
  readonly contexts: Map<number, Context> = new Map()
  readonly complaints: Complaint[] = []
  readonly timed: PlainTimedSample[] = []
  readonly happenings: PlainHappening[] = []
  readonly #tagSetOf: (origin: PlainOrigin) => number
  #values = new Map<string, readonly number[]>()
  #sketches = new Map<string, ClosedSketch>()
  #closed: ClosedInterval[] = []
  readonly #valuesOfHistogram: number

  /** @param valuesOfHistogram How many values each histogram has. */
  constructor(valuesOfHistogram: number, tagSetOf: (origin: PlainOrigin) => number) {
    this.#valuesOfHistogram = valuesOfHistogram
    this.#tagSetOf = tagSetOf
  }

  /** @throws {Error} If something refers to a context or an origin that was not told, or is told twice. */
  take(messages: readonly FromWorker[]): void {
    for (const message of messages) this.#takeOne(message)
  }

  /** Intervals that have ended since this was asked last. */
  takeClosed(): readonly ClosedInterval[] {
    const closed = this.#closed
    this.#closed = []
    return closed
  }

  #takeOne(message: FromWorker): void {
    if (message.kind === 'origins')
      for (const origin of message.origins) this.origins.set(origin.id, origin)
    if (message.kind === 'contexts')
      for (const context of message.contexts) this.contexts.set(context.id, context)
    if (message.kind === 'closed') this.#addPart(message)
    if (message.kind === 'complaints') this.complaints.push(...message.complaints)
    if (message.kind === 'happenings')
      this.happenings.push(...message.happenings.map((one) => this.#toPlain(one)))
    if (message.kind === 'timed')
      for (const [at, id] of message.contextIds.entries()) {
        const [timeS = 0, value = 0] = [message.timesS[at], message.values[at]]
        this.timed.push({ context: this.#plainContext(id), timeS, value })
      }
    if (message.kind === 'forgotten') {
      for (const id of message.contextIds) this.contexts.delete(id)
      for (const id of message.originIds) this.origins.delete(id)
    }
  }

  #addPart(part: ClosedPart): void {
    let at = 0
    for (const id of part.contextIds) {
      const context = this.#contextOf(id)
      const length = context.type === 'histogram' ? this.#valuesOfHistogram : 1
      put(this.#values, this.#describe(context), [...part.values.subarray(at, at + length)])
      at += length
    }
    if (at !== part.values.length)
      throw new Error(`Values left over: ${part.values.length - at} of ${part.values.length}`)
    for (const [place, id] of part.sketches.contextIds.entries())
      put(this.#sketches, this.#describe(this.#contextOf(id)), toSketch(part.sketches, place))
    if (!part.isLast) return
    this.#closed.push({
      startS: part.startS,
      values: this.#values,
      sketches: this.#sketches,
      tooLarge: 0,
    })
    this.#values = new Map()
    this.#sketches = new Map()
  }

  #contextOf(id: number): Context {
    const context = this.contexts.get(id)
    if (context === undefined) throw new Error(`Context ${id} was not told`)
    return context
  }

  #describe(context: Context): string {
    const { host, originId } = context
    return describeSeries({ ...context, host }, this.#tagSetOf(this.#originOf(originId)))
  }

  #originOf(originId: number): PlainOrigin {
    const origin = this.origins.get(originId)
    if (origin === undefined) throw new Error(`Origin ${originId} was not told`)
    const { id: _, ...plain } = origin
    return plain
  }

  #plainContext(id: number): PlainTimedSample['context'] {
    const { type, name, tags, host, originId } = this.#contextOf(id)
    return { type, name, tags, host, origin: this.#originOf(originId) }
  }

  #toPlain(happening: ReceivedEvent | ReceivedCheck): PlainHappening {
    const { originId, ...rest } = happening
    return { ...rest, tags: happening.tags.toSorted(), origin: this.#originOf(originId) }
  }
}

function put<Value>(into: Map<string, Value>, key: string, value: Value): void {
  if (into.has(key)) throw new Error(`Told twice: ${key}`)
  into.set(key, value)
}

function toSketch({ summaries, ends, keys, counts }: SketchColumns, place: number): ClosedSketch {
  const [count = 0, min = 0, max = 0, sum = 0] = summaries.subarray(place * 4, place * 4 + 4)
  const from = place === 0 ? 0 : (ends[place - 1] ?? 0)
  const to = ends[place] ?? 0
  const bins = Array.from(keys.subarray(from, to), (key, at): [number, number] => [
    key,
    counts[from + at] ?? 0,
  ])
  return { count, min, max, sum, bins }
}
