import { explainFailure } from '../metrics/explain-failure.ts'
import { readRows } from '../metrics/read-rows.ts'
import { hostWideMetrics } from './known-metric.ts'
import { inUseSql } from './seen-series.ts'
import type { ReadClient } from '../scope/read-client.ts'

/** As many as Datadog gives. */
const maxHosts = 10_000

/**
 * Names of hosts with series in use that have a text in them, in whatever case.
 * @throws {QuestionError} `too-large`, `busy` or `failed`.
 */
export async function askHosts(client: ReadClient, text: string): Promise<readonly string[]> {
  const rows = await explainFailure(() =>
    readRows<{ host: string }>(
      client,
      (parameters) => `
SELECT DISTINCT toString(host) AS host
FROM vigie.series
WHERE host != '' AND positionCaseInsensitiveUTF8(host, ${parameters.text(text)}) > 0 AND ${inUseSql(parameters)}
ORDER BY host
LIMIT ${maxHosts}`,
    ),
  )
  return rows.map(({ host }) => host)
}

/**
 * The tags of each host with series in use: those that all its series have that are of no container and of no device.
 * @throws {QuestionError} `too-large`, `busy` or `failed`.
 */
export async function askHostTags(
  client: ReadClient,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const hosts = await askHosts(client, '')
  const rows = await explainFailure(() =>
    readRows<{ host: string; tags: readonly string[] }>(
      client,
      (parameters) => `
SELECT toString(host) AS host, arraySort(groupArrayIntersect(tags)) AS tags
FROM vigie.series
WHERE metric IN ${parameters.texts(hostWideMetrics)} AND ${inUseSql(parameters)}
GROUP BY host`,
    ),
  )
  const known = new Map(rows.map(({ host, tags }) => [host, tags]))
  return new Map(hosts.map((host) => [host, known.get(host) ?? []]))
}
