import type { SeriesKind } from '../../model/series.ts'
import { knownMetric } from '../catalogue/known-metric.ts'
import { SqlParameters } from '../sql-parameters.ts'
import { promMetricName } from '../../model/prometheus/names.ts'
import { askStore } from './samples/ask-store.ts'
import type { ReadClient } from '../scope/read-client.ts'

/** What is known of a metric. */
export interface MetricMetadata {
  readonly type: 'gauge' | 'counter'
  readonly help: string
  readonly unit: string
}

export interface MetadataRequest {
  /** The name that Prometheus gives it; all metrics when absent. */
  readonly metric?: string | undefined
  readonly limit: number
}

/** Metrics by the name that Prometheus gives them. What is counted is told as a counter: that is what `rate()` is for. */
export async function askMetadata(
  client: ReadClient,
  { metric, limit }: MetadataRequest,
): Promise<Readonly<Record<string, readonly MetricMetadata[]>>> {
  const rows = await askStore<{ metric: string; kinds: readonly SeriesKind[] }>(
    client,
    `SELECT metric, arraySort(groupUniqArray(toString(kind))) AS kinds FROM vigie.series
    WHERE kind != 'distribution' GROUP BY metric ORDER BY metric`,
    new SqlParameters(),
  )
  const named = Map.groupBy(rows, ({ metric: own }) => promMetricName(own))
  const wanted = [...named].filter(([name]) => metric === undefined || name === metric)
  return Object.fromEntries(wanted.slice(0, limit).map(([name, own]) => [name, own.map(describe)]))
}

function describe({
  metric,
  kinds,
}: {
  readonly metric: string
  readonly kinds: readonly SeriesKind[]
}): MetricMetadata {
  const known = knownMetric(metric)
  return {
    type: kinds.every((kind) => kind === 'count') ? 'counter' : 'gauge',
    help: known?.about ?? `The metric ${metric}`,
    unit: known?.unit ?? '',
  }
}
