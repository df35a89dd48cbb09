import type { StoredKind } from '../../store/store.ts'
import { explainFailure } from '../metrics/explain-failure.ts'
import { readRows } from '../metrics/read-rows.ts'
import type { SqlParameters } from '../sql-parameters.ts'
import { inUseSql, seenSinceSql } from './seen-series.ts'
import type { ReadClient } from '../scope/read-client.ts'

/** Which metrics are asked for. */
export interface MetricsRequest {
  /** Words that the name has in it, in whatever case; empty for all. */
  readonly text: string
  /** Unix milliseconds, exact to a day: those that had points since. All that are kept when absent. */
  readonly sinceMs?: number | undefined
  readonly limit: number
}

/** A metric as the store knows it. */
export interface StoredMetric {
  readonly name: string
  readonly kind: StoredKind
  /** In use now, exact to a day. */
  readonly series: number
  /** Seconds between two points; 0 where the sender did not say. */
  readonly intervalS: number
  /** Unix seconds, exact to a day. */
  readonly seenS: number
}

/** The first metrics by name, and whether there are more. */
export interface MetricsResult {
  readonly metrics: readonly StoredMetric[]
  readonly isCut: boolean
}

/**
 * Metrics by name.
 * @throws {QuestionError} `too-large`, `busy` or `failed`.
 */
export async function askMetrics(
  client: ReadClient,
  { text, sinceMs, limit }: MetricsRequest,
): Promise<MetricsResult> {
  const words = text.split(/\s+/).filter((word) => word !== '')
  const found = await readMetrics(client, limit + 1, (parameters) => [
    ...words.map((word) => `positionCaseInsensitiveUTF8(metric, ${parameters.text(word)}) > 0`),
    ...(sinceMs === undefined ? [] : [seenSinceSql(sinceMs, parameters)]),
  ])
  return { metrics: found.slice(0, limit), isCut: found.length > limit }
}

/**
 * One metric; undefined when there is nothing of it.
 * @throws {QuestionError} `too-large`, `busy` or `failed`.
 */
export async function findMetric(
  client: ReadClient,
  name: string,
): Promise<StoredMetric | undefined> {
  const [metric] = await readMetrics(client, 1, (parameters) => [
    `metric = ${parameters.text(name)}`,
  ])
  return metric
}

/** A series may have several rows until they are merged, all but the newest of them outdated. */
async function readMetrics(
  client: ReadClient,
  limit: number,
  conditions: (parameters: SqlParameters) => readonly string[],
): Promise<readonly StoredMetric[]> {
  return explainFailure(() =>
    readRows<StoredMetric>(
      client,
      (parameters) => `
SELECT toString(metric) AS name, argMax(kind, seen) AS kind, argMax(interval_s, seen) AS intervalS,
  toFloat64(uniqIf(id, ${inUseSql(parameters)})) AS series, toUnixTimestamp(max(seen)) AS seenS
FROM vigie.series
WHERE ${['1', ...conditions(parameters)].join(' AND ')}
GROUP BY metric
ORDER BY name
LIMIT ${limit}`,
    ),
  )
}
