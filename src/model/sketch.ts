import type { SeriesIdentity } from './series.ts'

/** How many values lie in each bin. */
export interface SketchBins {
  /** Keys of bins, ascending, each once; what range of values a key stands for is said in `sketch/sketch-key.ts`. */
  readonly keys: ArrayLike<number>
  /** Values in the bin at the same place of `keys`. */
  readonly counts: ArrayLike<number>
}

/**
 * All values of a distribution in one interval, as a sketch: how many values lie in each bin. Sketches of one series, or
 * of several, merge by adding up their bins.
 * @see `pkg/util/quantile` of the Datadog Agent
 */
export interface Sketch extends SketchBins {
  readonly kind: 'sketch'
  readonly series: SeriesIdentity
  /** Start of the interval in Unix time, milliseconds. */
  readonly timeMs: number
  readonly count: number
  readonly min: number
  readonly max: number
  readonly sum: number
  readonly avg: number
}
