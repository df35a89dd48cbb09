import type { SampledSeries } from '../samples/sample-source.ts'

/** The samples of one series that a function looks at for one moment. */
export interface Window {
  readonly series: SampledSeries
  /** Of the first sample, and behind the last. */
  readonly first: number
  readonly end: number
  /** Unix milliseconds; the first is not part of it, the last is. */
  readonly fromMs: number
  readonly toMs: number
  /** The moment that the expression is worked out for. */
  readonly nowMs: number
  /** The number that `quantile_over_time` and `predict_linear` take. */
  readonly parameter: number
}

export function valuesOf({ series, first, end }: Window): Float64Array {
  return series.values.subarray(first, end)
}

export function timesOf({ series, first, end }: Window): Float64Array {
  return series.times.subarray(first, end)
}
