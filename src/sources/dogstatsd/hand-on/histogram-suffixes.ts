import type { DogstatsdSettings } from '../../../component/dogstatsd-settings.ts'
import type { SeriesKind } from '../../../model/series.ts'

/** One number that is told of a histogram. */
export interface HistogramSuffix {
  /** Behind the name of the metric, with its dot. */
  readonly suffix: string
  readonly kind: SeriesKind
}

/**
 * What is told of each histogram, in the order of the worker's values: `.max`, `.count`, … `.95percentile`. The count is a
 * rate.
 * @see DataDog/datadog-agent, pkg/metrics/histogram.go
 */
export function listHistogramSuffixes({
  aggregates,
  percentiles,
}: DogstatsdSettings['histogram']): readonly HistogramSuffix[] {
  return [
    ...aggregates.map((aggregate): HistogramSuffix => {
      return { suffix: `.${aggregate}`, kind: aggregate === 'count' ? 'rate' : 'gauge' }
    }),
    ...percentiles.map((percentile): HistogramSuffix => {
      return { suffix: `.${Math.floor(percentile * 100 + 0.5)}percentile`, kind: 'gauge' }
    }),
  ]
}
