import { SqlParameters } from '../sql-parameters.ts'
import { metricLabel } from '../../model/prometheus/labels.ts'
import type { Matcher } from './language/promql.ts'
import { promLabelName } from '../../model/prometheus/names.ts'
import { toRecord } from './prometheus-answer.ts'
import { askStore } from './samples/ask-store.ts'
import { findSeries } from './samples/find-series.ts'
import { labelSql, seriesCondition, type SeriesScope } from './samples/series-sql.ts'
import type { ReadClient } from '../scope/read-client.ts'

/** Of which series something is asked. */
export interface LabelScope {
  /** One list for each selector; none for all series. */
  readonly matcherLists: readonly (readonly Matcher[])[]
  /** Unix milliseconds; series that have not come since are left out. */
  readonly fromMs: number
  /** The most that is answered. */
  readonly limit: number
}

/** The names of all labels, sorted. */
export async function askLabelNames(
  client: ReadClient,
  scope: LabelScope,
): Promise<readonly string[]> {
  const parameters = new SqlParameters()
  const condition = seriesCondition(seriesScope(scope), parameters)
  const rows = await askStore<{ key: string }>(
    client,
    `SELECT DISTINCT substring(tag, 1, if(position(tag, ':') = 0, length(tag), position(tag, ':') - 1)) AS key
    FROM (
      SELECT arrayJoin(arrayConcat(tags, if(host != '', ['host'], []))) AS tag
      FROM vigie.series FINAL WHERE ${condition}
    )
    LIMIT ${keysLimit}`,
    parameters,
  )
  const names = new Set(rows.map(({ key }) => promLabelName(key)))
  if (rows.length > 0) names.add(metricLabel)
  return [...names].toSorted().slice(0, scope.limit)
}

/** More keys of tags than this are not looked at. */
const keysLimit = 100_000

/** The values of one label, sorted. */
export async function askLabelValues(
  client: ReadClient,
  label: string,
  scope: LabelScope,
): Promise<readonly string[]> {
  const parameters = new SqlParameters()
  const condition = seriesCondition(seriesScope(scope), parameters)
  const rows = await askStore<{ label_value: string }>(
    client,
    `SELECT DISTINCT ${labelSql(label, parameters)} AS label_value
    FROM vigie.series FINAL WHERE ${condition} AND label_value != ''
    ORDER BY label_value LIMIT ${scope.limit}`,
    parameters,
  )
  return rows.map(({ label_value: value }) => value)
}

/** The labels of all series, each set once. */
export async function askSeriesLabels(
  client: ReadClient,
  scope: LabelScope,
): Promise<readonly Readonly<Record<string, string>>[]> {
  const found = await findSeries(client, seriesScope(scope))
  const byKey = new Map(found.map(({ labels }) => [JSON.stringify(labels), labels]))
  return [...byKey.values()].slice(0, scope.limit).map(toRecord)
}

function seriesScope({ matcherLists, fromMs }: LabelScope): SeriesScope {
  return { matcherLists, seenSinceMs: fromMs }
}
