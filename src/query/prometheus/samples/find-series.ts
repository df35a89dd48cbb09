import type { SeriesKind } from '../../../model/series.ts'
import { SqlParameters } from '../../sql-parameters.ts'
import type { Labels } from '../../../model/prometheus/labels.ts'
import { promLimits } from '../limits.ts'
import { promLabels } from '../../../model/prometheus/names.ts'
import { PrometheusError } from '../prometheus-error.ts'
import { askStore } from './ask-store.ts'
import { seriesCondition, type SeriesScope } from './series-sql.ts'
import type { ReadClient } from '../../scope/read-client.ts'

/** A stored series under the labels that Prometheus would give it; two may have the same. */
export interface FoundSeries {
  readonly id: string
  readonly metric: string
  readonly kind: SeriesKind
  /** Seconds between two points; 0 when nobody has told. */
  readonly intervalS: number
  readonly labels: Labels
}

interface SeriesRow {
  readonly text_id: string
  readonly metric: string
  readonly kind: SeriesKind
  readonly host: string
  readonly tags: readonly string[]
  readonly interval_s: number
}

/**
 * In the order in which the tables of points hold them.
 * @throws {PrometheusError} `execution` when there are more than may be, `bad_data` for a pattern that cannot be read.
 */
export async function findSeries(
  client: ReadClient,
  scope: SeriesScope,
  limit: number = promLimits.maxSeries + 1,
): Promise<readonly FoundSeries[]> {
  const parameters = new SqlParameters()
  const condition = seriesCondition(scope, parameters)
  const rows = await askStore<SeriesRow>(
    client,
    `SELECT toString(id) AS text_id, metric, kind, host, tags, interval_s
    FROM vigie.series FINAL WHERE ${condition} ORDER BY metric, id LIMIT ${limit}`,
    parameters,
  )
  if (rows.length > promLimits.maxSeries) {
    throw new PrometheusError(
      'execution',
      `the selector finds more than ${promLimits.maxSeries} series; add a matcher`,
    )
  }
  return rows.map(({ text_id: id, metric, kind, host, tags, interval_s: intervalS }) => ({
    id,
    metric,
    kind,
    intervalS,
    labels: promLabels({ metric, host, tags }),
  }))
}
