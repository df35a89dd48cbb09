import { statSync } from 'node:fs'
import type { LogsSettings } from '../../../component/logs-settings.ts'

/**
 * Which files of a wildcard are read when there may be no more than `limit`: the last by their names, or those written to
 * last.
 * @see datadog.md D.7, `file_wildcard_selection_mode`
 */
export function selectFiles(
  paths: readonly string[],
  limit: number,
  order: LogsSettings['wildcardOrder'],
): readonly string[] {
  if (paths.length <= limit) return paths
  const byName = paths.toSorted((one, other) => (one < other ? 1 : -1))
  if (order === 'by_name') return byName.slice(0, limit)
  const writtenAtMs = new Map(byName.map((path) => [path, readTime(path)]))
  return byName
    .toSorted((one, other) => (writtenAtMs.get(other) ?? 0) - (writtenAtMs.get(one) ?? 0))
    .slice(0, limit)
}

/** One that is gone is the oldest. */
function readTime(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
