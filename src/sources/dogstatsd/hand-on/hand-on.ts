import type { Event } from '../../../model/event.ts'
import type { Point, Series } from '../../../model/series.ts'
import type { ServiceCheck } from '../../../model/service-check.ts'
import type { Sketch } from '../../../model/sketch.ts'
import type {
  ClosedPart,
  ReceivedCheck,
  ReceivedEvent,
  SketchColumns,
  TimedSamples,
} from '../worker-messages.ts'
import type { KnownContext, KnownContexts } from './known-contexts.ts'
import type { LateItems } from './late-items.ts'
import type { Outbox } from './outbox.ts'
import { intervalS, type SeriesMaker } from './series-maker.ts'

/** What an event is filed under when its client does not say. */
const defaultSourceType = 'api'

export interface HandOnParts {
  readonly contexts: KnownContexts
  readonly maker: SeriesMaker
  readonly late: LateItems
  readonly outbox: Outbox
}

/** One number of a context. */
interface Reading {
  readonly value: number
  readonly timeMs: number
}

/** Makes items of what the worker tells. Each call is over before the next message is read: ids may then mean something else. */
export class HandOn {
  readonly #parts: HandOnParts

  constructor(parts: HandOnParts) {
    this.#parts = parts
  }

  /**
   * Hands on what has become of an interval: a count as its rate, a histogram as its parts, all else as gauges, at the
   * interval's start.
   * @see datadog.md B.6
   */
  closed({ startS, isLast, contextIds, values, sketches }: ClosedPart): void {
    const { contexts, maker, outbox } = this.#parts
    const timeMs = startS * 1000
    const histogramValues = maker.histogramSuffixes.length
    let at = 0
    for (const id of contextIds) {
      const context = contexts.get(id)
      if (context?.type === 'histogram') {
        this.#histogram(context, values.subarray(at, at + histogramValues), timeMs)
        at += histogramValues
      } else {
        if (context !== undefined) this.#single(context, { value: values[at] ?? 0, timeMs })
        at += 1
      }
    }
    this.#sketches(sketches, timeMs)
    if (isLast) outbox.send()
    else outbox.sendFull()
  }

  /** Hands on samples with their own times. */
  timed({ contextIds, timesS, values }: TimedSamples): void {
    const { contexts, outbox } = this.#parts
    for (const [at, id] of contextIds.entries()) {
      const context = contexts.get(id)
      const timeMs = (timesS[at] ?? 0) * 1000
      if (context !== undefined) this.#single(context, { value: values[at] ?? 0, timeMs })
    }
    outbox.send()
  }

  happenings(happenings: readonly (ReceivedEvent | ReceivedCheck)[]): void {
    const { late, outbox } = this.#parts
    for (const happening of happenings) {
      const make = (): Event | ServiceCheck => this.#toHappening(happening)
      if (late.mustWait(happening.originId)) late.add(happening.originId, make)
      else outbox.add(make())
    }
    outbox.send()
  }

  #single(context: KnownContext, { value, timeMs }: Reading): void {
    const { maker, late, outbox } = this.#parts
    const told = context.type === 'count' ? value / intervalS : value
    if (!late.mustWait(context.originId)) {
      outbox.add(toPoint(maker.seriesOf(context), told, timeMs))
      return
    }
    late.add(context.originId, () => toPoint(maker.seriesOf(context), told, timeMs))
  }

  #histogram(context: KnownContext, values: Float64Array, timeMs: number): void {
    const { maker, late, outbox } = this.#parts
    const mustWait = late.mustWait(context.originId)
    const series = maker.seriesOfHistogram(context)
    for (const [at, { kind }] of maker.histogramSuffixes.entries()) {
      const one = series[at]
      if (one === undefined) continue
      const value = values[at] ?? 0
      const told = kind === 'rate' ? value / intervalS : value
      if (!mustWait) outbox.add(toPoint(one, told, timeMs))
      else
        late.add(context.originId, () =>
          // By then it may have other tags.
          toPoint(maker.seriesOfHistogram(context)[at] ?? one, told, timeMs),
        )
    }
  }

  #sketches(columns: SketchColumns, timeMs: number): void {
    const { contexts, maker, late, outbox } = this.#parts
    for (const [at, id] of columns.contextIds.entries()) {
      const context = contexts.get(id)
      if (context === undefined) continue
      const make = (): Sketch => toSketch(maker.seriesOf(context), columns, { at, timeMs })
      if (late.mustWait(context.originId)) late.add(context.originId, make)
      else outbox.add(make())
    }
  }

  #toHappening(happening: ReceivedEvent | ReceivedCheck): Event | ServiceCheck {
    const { maker } = this.#parts
    const host = maker.hostOf(happening.host)
    const tags = maker.withAllTags(happening.tags, happening.originId)
    if (happening.kind === 'check') {
      const { name, status, message, timeMs } = happening
      return { kind: 'service-check', name, status, message, timeMs, host, tags }
    }
    const { originId: _originId, sourceType, ...rest } = happening
    return { ...rest, source: sourceType === '' ? defaultSourceType : sourceType, host, tags }
  }
}

function toPoint(series: Series, value: number, timeMs: number): Point {
  return { kind: 'point', series, value, timeMs }
}

function toSketch(
  series: Series,
  { summaries, ends, keys, counts }: SketchColumns,
  { at, timeMs }: { readonly at: number; readonly timeMs: number },
): Sketch {
  const [count = 0, min = 0, max = 0, sum = 0] = summaries.subarray(at * 4, at * 4 + 4)
  const from = at === 0 ? 0 : ends[at - 1]
  const to = ends[at]
  return {
    kind: 'sketch',
    series,
    timeMs,
    count,
    min,
    max,
    sum,
    avg: count === 0 ? 0 : sum / count,
    keys: keys.subarray(from, to),
    counts: counts.subarray(from, to),
  }
}
