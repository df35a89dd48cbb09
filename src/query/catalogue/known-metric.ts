import { metricCatalogue } from '../../model/metric-catalogue.ts'
import type { MetricDescription } from '../../model/metric-catalogue/metric-description.ts'

/** What is known of a metric that our own sources send. */
export interface KnownMetric extends MetricDescription {
  /** Its source, such as `docker`. */
  readonly source: string
}

const known: ReadonlyMap<string, KnownMetric> = new Map(
  Object.entries(metricCatalogue).flatMap(([source, metrics]) =>
    metrics.map((metric) => [metric.name, { ...metric, source }] as const),
  ),
)

/** The metric of this name, undefined where it is none of ours. */
export function knownMetric(name: string): KnownMetric | undefined {
  return known.get(name)
}

/** Names of metrics whose series have no tags but those of their host. */
export const hostWideMetrics: readonly string[] = [...known.values()]
  .filter(({ tagSet, extraTags }) => tagSet === 'none' && extraTags === undefined)
  .map(({ name }) => name)
