import type { SqlParameters } from '../sql-parameters.ts'
import type { HappeningTime } from './happenings-sql.ts'
import { withinSql } from './span-sql.ts'

/** Exit codes of a container that did what it should, or was asked to end: the default of `ok_exit_codes`. */
const okCodes = '0, 143'
/** Ended from outside by `SIGINT` and `SIGKILL`: somebody may have wanted it. */
const endedCodes = '130, 137'

/** A row for each run of a container that ended. */
export function exitRowsSql(span: HappeningTime, parameters: SqlParameters): string {
  const ranMs = `CAST(dateDiff('millisecond', started, finished) AS Nullable(Float64))`
  const reason = `if(oom_killed, ': a process was killed for want of memory', '')`
  return `
SELECT finished AS time, cityHash64('exit', host, container_id, started) AS hash, toUInt32(0) AS line, 'exit' AS kind,
  if(oom_killed, 'oom_killed', 'exited') AS action,
  multiIf(oom_killed, 'critical', ifNull(exit_code, 0) IN (${okCodes}), 'none', exit_code IN (${endedCodes}), 'warning', 'critical') AS tone,
  concat(name, ' exited', ifNull(concat(' with ', toString(exit_code)), ''), ${reason}) AS title, '' AS text,
  toString(host) AS host, 'docker' AS actor, container_id, name AS container_name, toString(image) AS image,
  exit_code, ${ranMs} AS ran_ms, tags
FROM vigie.container_totals WHERE ${withinSql('finished', span, parameters)}`
}
