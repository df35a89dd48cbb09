/** How the value of a series is to be read; `rate` is per second, `count` per interval. */
export type SeriesKind = 'gauge' | 'rate' | 'count'

/**
 * The identity of a run of points. One object is made for each series and kept for as long as the series lives, so that
 * a sink can keep what it derives from it (its encoded bytes) in a `WeakMap`.
 */
export interface Series extends SeriesIdentity {
  readonly kind: SeriesKind
}

/** What a series of points and one of sketches have in common. */
export interface SeriesIdentity {
  readonly metric: string
  readonly host: string
  /** `key:value`, without duplicates, in no particular order. */
  readonly tags: readonly string[]
  /** Seconds between two points, as the wire tells it. */
  readonly intervalS: number
}

/** One number at one moment. The unit is the metric's (`docs/reference/metrics.md`). */
export interface Point {
  readonly kind: 'point'
  readonly series: Series
  readonly value: number
  /** Unix time, milliseconds. */
  readonly timeMs: number
}
