import type { SqlParameters } from '../sql-parameters.ts'
import type { HappeningSpan } from './happenings-sql.ts'
import { healthHostsSql } from './health-rows-sql.ts'
import { noExitSql, tagValueSql, withinSql } from './span-sql.ts'

/** A check that was silent for longer is seen for the first time again. */
export const forgottenMs = 3_600_000
/** What an agent says of a container's health, and of how one ended. */
export const healthCheck = 'docker.container_health'
export const exitCheck = 'docker.exit'
const window = '(PARTITION BY name, id ORDER BY time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)'
const beginning = `toDateTime64(0, 3, 'UTC')`

/**
 * A row for each service check that changed its status, or was not OK when it was seen first. What checks say of the health
 * and the ends of containers is left out where the containers' states and runs are known.
 */
export function checkRowsSql(span: HappeningSpan, parameters: SqlParameters): string {
  const within = withinSql('time', span, parameters)
  const action = `transform(status, [0, 1, 2], ['ok', 'warning', 'critical'], 'unknown')`
  return `
SELECT time, cityHash64('check', name, id, time) AS hash, toUInt32(0) AS line, 'check' AS kind,
  ${action} AS action, if(status = 3, 'none', ${action}) AS tone,
  concat(name, ' is ', upper(${action}), if(host = '', '', concat(' on ', host))) AS title, message AS text,
  toString(host) AS host, toString(name) AS actor,
  ${tagValueSql('container_id')} AS container_id, ${tagValueSql('container_name')} AS container_name,
  ${tagValueSql('docker_image')} AS image, ${noExitSql}, tags
FROM vigie.service_check_log FINAL
WHERE ${within} AND (name, id, time) IN (
  SELECT name, id, time
  FROM (
    SELECT name, id, time, status,
      lagInFrame(status, 1, 0) OVER ${window} AS status_before,
      lagInFrame(time, 1, ${beginning}) OVER ${window} AS time_before
    FROM (
      SELECT toString(name) AS name, id, time, status FROM vigie.service_check_log
      WHERE ${withinSql('time', { ...span, earlierMs: forgottenMs }, parameters)} AND NOT (${toldElsewhereSql(span, parameters)})
    )
  )
  WHERE ${within} AND status != if(time_before < time - INTERVAL ${forgottenMs / 1000} SECOND, 0, status_before)
)`
}

function toldElsewhereSql(span: HappeningSpan, parameters: SqlParameters): string {
  const { hasHealthChecks, hasExitChecks } = span.survey
  const ends = withinSql('finished', { ...span, earlierMs: forgottenMs }, parameters)
  const conditions = [
    ...(hasHealthChecks
      ? [`name = '${healthCheck}' AND host IN (${healthHostsSql(span, parameters)})`]
      : []),
    ...(hasExitChecks
      ? [
          `name = '${exitCheck}' AND host IN (SELECT host FROM vigie.container_totals WHERE ${ends})`,
        ]
      : []),
  ]
  return conditions.join(' OR ') || '0'
}
