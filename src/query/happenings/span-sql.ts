import type { SqlParameters } from '../sql-parameters.ts'
import type { HappeningTime } from './happenings-sql.ts'

/** A moment of Unix milliseconds. */
export function momentSql(timeMs: number, parameters: SqlParameters): string {
  return `fromUnixTimestamp64Milli(${parameters.whole(timeMs)}, 'UTC')`
}

/** The condition that a column lies in a span, or up to so many milliseconds before it. */
export function withinSql(
  column: string,
  { fromMs, toMs, earlierMs = 0 }: HappeningTime & { earlierMs?: number },
  parameters: SqlParameters,
): string {
  return `${column} >= ${momentSql(fromMs - earlierMs, parameters)} AND ${column} <= ${momentSql(toMs, parameters)}`
}

/** The columns of what only the end of a run has, where there is none. */
export const noExitSql = `CAST(NULL AS Nullable(Int32)) AS exit_code, CAST(NULL AS Nullable(Float64)) AS ran_ms`

/** The value of the first tag with a key; empty where there is none. */
export function tagValueSql(key: string): string {
  return `substring(arrayFirst(tag -> startsWith(tag, '${key}:'), tags), ${key.length + 2})`
}
