import type { LogList, LogRow } from '../../src/api/contract/logs.ts'
import { getJson } from './vigie-process.ts'
import { waitUntil } from './wait-until.ts'

/** Lines that match, the oldest first. */
export async function readLogs(url: string, query: string): Promise<readonly LogRow[]> {
  const search = new URLSearchParams({ query, since: '1d', order: 'asc', limit: '1000' })
  return (await getJson<LogList>(`${url}/api/logs?${search.toString()}`)).rows
}

/** Lines of a container, once there are so many. */
export function waitForLines(
  url: string,
  container: string,
  { count = 1, withinMs = 10_000 }: { readonly count?: number; readonly withinMs?: number } = {},
): Promise<readonly LogRow[]> {
  return waitUntil(`${count} lines of ${container}`, withinMs, async () => {
    const rows = await readLogs(url, `container:${container}`)
    return rows.length >= count && rows
  })
}
