import type { CheckStatus } from '../../model/service-check.ts'
import { explainFailure } from '../metrics/explain-failure.ts'
import { readRows } from '../metrics/read-rows.ts'
import { hasTagSql } from './has-tag-sql.ts'
import type { ReadClient } from '../scope/read-client.ts'

/** Which service checks are asked for. */
export interface ServiceChecksRequest {
  /** All names when absent. */
  readonly name?: string | undefined
  /** Tags that each has; `host:` stands for its host. */
  readonly tags: readonly string[]
  readonly limit: number
}

/** What a service check said last of one thing. */
export interface CheckState {
  readonly name: string
  readonly status: CheckStatus
  readonly message: string
  readonly host: string
  readonly tags: readonly string[]
  /** Unix milliseconds. */
  readonly timeMs: number
}

/**
 * The newest state of each service check, of each host and set of tags it has had, by name.
 * @throws {QuestionError} `too-large`, `busy` or `failed`.
 */
export async function askServiceChecks(
  client: ReadClient,
  { name, tags, limit }: ServiceChecksRequest,
): Promise<readonly CheckState[]> {
  return explainFailure(() =>
    readRows<CheckState>(client, (parameters) => {
      const conditions = [
        ...(name === undefined ? [] : [`name = ${parameters.text(name)}`]),
        ...tags.map((tag) => hasTagSql(tag, parameters)),
      ]
      return `
SELECT toString(name) AS name, newest.1 AS status, newest.2 AS message, newest.3 AS host, newest.4 AS tags,
  toFloat64(toUnixTimestamp64Milli(newest.5)) AS timeMs
FROM (
  SELECT name, id, argMax((status, message, toString(host), tags, time), time) AS newest
  FROM vigie.service_check_log
  WHERE ${['1', ...conditions].join(' AND ')}
  GROUP BY name, id
)
ORDER BY name, host, tags
LIMIT ${limit}`
    }),
  )
}
