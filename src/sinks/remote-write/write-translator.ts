import {
  keyOf,
  makeLabels,
  metricLabel,
  labelValue,
  type Labels,
} from '../../model/prometheus/labels.ts'
import { promLabels } from '../../model/prometheus/names.ts'
import type { Point, SeriesIdentity } from '../../model/series.ts'
import type { Sketch } from '../../model/sketch.ts'
import { sketchQuantile } from '../../model/sketch/sketch-quantile.ts'
import type { WriteSample, WriteSeries } from '../../wire/prometheus-write/encode-write-request.ts'
import type { Thinned } from '../thinning/thin-input.ts'
import { SeriesStates } from './series-states.ts'

/** Of each distribution; 0 and 1 are its least and its greatest value. */
const quantiles = [0, 0.5, 0.9, 0.95, 0.99, 1]

/** The names a series of ours has over there. */
interface Named {
  readonly labels: Labels
  readonly key: string
}

/** Samples of one series over there. */
interface Line extends WriteSeries {
  readonly samples: WriteSample[]
}

/** Why a sample cannot be sent: its series has one of that time, or a newer one. */
export type LeftOut = 'same_labels' | 'out_of_order'

/** What translating works with. */
export interface TranslatorOptions {
  /** Labels of every series that has none of that name. */
  readonly externalLabels: Readonly<Record<string, string>>
  readonly clock: () => number
  /** How many samples were left out. */
  readonly onLeftOut: (why: LeftOut, count: number) => void
}

/**
 * Says in Prometheus' terms what we have collected. Names and labels are those under which our own server answers PromQL;
 * gauges and rates stay numbers as they are, counts become counters that only grow, and distributions become summaries.
 */
export class WriteTranslator {
  readonly #external: Labels
  readonly #onLeftOut: TranslatorOptions['onLeftOut']
  readonly #states: SeriesStates
  /** By the object and what is told of it: most points are of one that was seen before. */
  readonly #names = new WeakMap<SeriesIdentity, Map<string, Named>>()

  constructor({ externalLabels, clock, onLeftOut }: TranslatorOptions) {
    this.#external = makeLabels(Object.entries(externalLabels))
    this.#onLeftOut = onLeftOut
    this.#states = new SeriesStates(clock)
  }

  /** Each series once, its samples in the order of time, all newer than those of earlier calls. */
  translate({ points, sketches }: Thinned): readonly WriteSeries[] {
    const lines = new Map<string, Line>()
    for (const point of points) this.#addPoint(lines, point)
    for (const sketch of sketches) this.#addSketch(lines, sketch)
    return Array.from(lines, ([key, line]) => this.#inOrder(key, line)).filter(
      ({ samples }) => samples.length > 0,
    )
  }

  #addPoint(lines: Map<string, Line>, { series, value, timeMs }: Point): void {
    const named = this.#nameOf(series)
    if (series.kind === 'count') this.#grow(lines, named, { value, timeMs })
    else add(lines, named, { value, timeMs })
  }

  #addSketch(lines: Map<string, Line>, sketch: Sketch): void {
    const { series, timeMs } = sketch
    for (const quantile of quantiles) {
      const value = sketchQuantile(sketch, quantile)
      add(lines, this.#nameOf(series, { quantile: String(quantile) }), { value, timeMs })
    }
    this.#grow(lines, this.#nameOf(series, { ending: '_sum' }), { value: sketch.sum, timeMs })
    this.#grow(lines, this.#nameOf(series, { ending: '_count' }), { value: sketch.count, timeMs })
  }

  #grow(lines: Map<string, Line>, named: Named, { value, timeMs }: WriteSample): void {
    const state = this.#states.of(named.key)
    // Prometheus counts nothing before the first number that it sees.
    if (state.total === undefined) add(lines, named, { value: 0, timeMs: timeMs - 1 })
    state.total = (state.total ?? 0) + value
    add(lines, named, { value: state.total, timeMs })
  }

  #nameOf(
    series: SeriesIdentity,
    { ending = '', quantile = '' }: { readonly ending?: string; readonly quantile?: string } = {},
  ): Named {
    const known = this.#names.get(series) ?? new Map<string, Named>()
    this.#names.set(series, known)
    const found = known.get(ending + quantile)
    if (found !== undefined) return found
    const labels = promLabels(series)
    const own = makeLabels([
      ...this.#external,
      ...labels,
      ['quantile', quantile === '' ? labelValue(labels, 'quantile') : quantile],
      [metricLabel, labelValue(labels, metricLabel) + ending],
    ])
    const named = { labels: own, key: keyOf(own) }
    known.set(ending + quantile, named)
    return named
  }

  /** One sample that Prometheus refuses takes all of its request with it. */
  #inOrder(key: string, { labels, samples }: Line): WriteSeries {
    const state = this.#states.of(key)
    const newer = samples.filter(({ timeMs }) => timeMs > state.newestMs)
    const sorted = newer.toSorted((one, other) => one.timeMs - other.timeMs)
    const kept = sorted.filter(({ timeMs }, at) => timeMs !== sorted[at - 1]?.timeMs)
    state.newestMs = kept.at(-1)?.timeMs ?? state.newestMs
    this.#leaveOut('out_of_order', samples.length - newer.length)
    this.#leaveOut('same_labels', sorted.length - kept.length)
    return { labels, samples: kept }
  }

  #leaveOut(why: LeftOut, count: number): void {
    if (count > 0) this.#onLeftOut(why, count)
  }
}

function add(lines: Map<string, Line>, { labels, key }: Named, sample: WriteSample): void {
  const line = lines.get(key)
  if (line === undefined) lines.set(key, { labels, samples: [sample] })
  else line.samples.push(sample)
}
