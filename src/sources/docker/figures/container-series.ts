import type { Point, Series, SeriesKind } from '../../../model/series.ts'

/** What the points of one moment have in common, and where they are put. */
export interface Pass {
  readonly timeMs: number
  readonly hostCpuCount: number
  readonly points: Point[]
}

/** What all series of one container at one cadence have in common. */
export interface SeriesOptions {
  readonly host: string
  readonly tags: readonly string[]
  readonly intervalS: number
  /** A rate of this metric at or above this is left out. */
  readonly cappedMetrics: Readonly<Record<string, number>>
}

/** A series and what its points must stay below. */
export interface CappedSeries {
  readonly series: Series
  readonly cap: number
}

/** Makes the series of one container, each of them once. */
export class SeriesMaker {
  readonly #options: SeriesOptions

  constructor(options: SeriesOptions) {
    this.#options = options
  }

  make(metric: string, kind: SeriesKind = 'gauge', extraTags: readonly string[] = []): Series {
    const { host, tags, intervalS } = this.#options
    const allTags = extraTags.length === 0 ? tags : [...tags, ...extraTags]
    return { metric, kind, host, tags: allTags, intervalS }
  }

  /** A series for rates. */
  makeCapped(metric: string, extraTags?: readonly string[]): CappedSeries {
    const cap = this.#options.cappedMetrics[metric] ?? Number.POSITIVE_INFINITY
    return { series: this.make(metric, 'gauge', extraTags), cap }
  }
}

export function addPoint(
  series: Series,
  value: number | undefined,
  { points, timeMs }: Pass,
): void {
  if (value !== undefined) points.push({ kind: 'point', series, value, timeMs })
}

/** Leaves out what is at the cap or above it. */
export function addCapped(
  { series, cap }: CappedSeries,
  value: number | undefined,
  pass: Pass,
): void {
  if (value !== undefined && value < cap) addPoint(series, value, pass)
}
