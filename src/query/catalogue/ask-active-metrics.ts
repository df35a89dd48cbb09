import type { Filter } from '../metric-language/expression.ts'
import { parseScope } from '../metric-language/parse-scope.ts'
import { QueryScanner } from '../metric-language/query-scanner.ts'
import { explainFailure } from '../metrics/explain-failure.ts'
import { readRows } from '../metrics/read-rows.ts'
import { filterSql } from '../metrics/selected-series-sql.ts'
import { seenSinceSql } from './seen-series.ts'
import type { ReadClient } from '../scope/read-client.ts'

export interface ActiveMetricsRequest {
  /** Unix milliseconds, exact to a day. */
  readonly sinceMs: number
  readonly host?: string | undefined
  /** Tags as between the braces of a query: `env IN (a,b) AND service:web`. */
  readonly tags?: string | undefined
}

/** As many as Datadog gives. */
const maxMetrics = 100_000

/**
 * Names of the metrics that have had points since a time.
 * @throws {QuestionError} `invalid` for tags that cannot be read, `too-large`, `busy` or `failed`.
 */
export async function askActiveMetrics(
  client: ReadClient,
  { sinceMs, host, tags }: ActiveMetricsRequest,
): Promise<readonly string[]> {
  const filter = parseTags(tags ?? '')
  const rows = await explainFailure(() =>
    readRows<{ metric: string }>(
      client,
      (parameters) => `
SELECT DISTINCT toString(metric) AS metric
FROM vigie.series
WHERE ${seenSinceSql(sinceMs, parameters)} AND ${filterSql(filter, parameters)}
  ${host === undefined ? '' : `AND host = ${parameters.text(host)}`}
ORDER BY metric
LIMIT ${maxMetrics}`,
    ),
  )
  return rows.map(({ metric }) => metric)
}

function parseTags(text: string): Filter {
  const scanner = new QueryScanner(`${text}}`)
  const filter = parseScope(scanner)
  if (!scanner.isAtEnd) throw scanner.fault('a comma, AND, OR or the end is expected')
  return filter
}
