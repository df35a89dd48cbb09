import { readRows } from '../metrics/read-rows.ts'
import type { ReadClient } from '../scope/read-client.ts'
import type { SqlParameters } from '../sql-parameters.ts'
import { exitCheck, forgottenMs, healthCheck } from './check-rows-sql.ts'
import type { HappeningTime } from './happenings-sql.ts'
import { momentSql, withinSql } from './span-sql.ts'

/** What there is in a time; something may be taken to be there that is not, never the other way round. */
export interface HappeningSurvey {
  readonly hasEvents: boolean
  /** Whether an engine told of an end, which the container's run tells better. */
  readonly hasDeaths: boolean
  /** Whether an engine told of a health, which the container's states tell better. */
  readonly hasHealthLines: boolean
  readonly hasExits: boolean
  readonly hasHealth: boolean
  /** Whether a service check changed its status. */
  readonly hasChecks: boolean
  readonly hasHealthChecks: boolean
  readonly hasExitChecks: boolean
}

interface Row {
  readonly part: 'events' | 'exits' | 'health' | 'checks'
  /** 1 for each that is there. */
  readonly found: readonly number[]
}

/**
 * What of it is worth asking for: making the whole statement ready takes ten times as long as this, and mostly little
 * happened. Throws what the store throws.
 */
export async function surveyHappenings(
  read: ReadClient,
  time: HappeningTime,
): Promise<HappeningSurvey> {
  const rows = await readRows<Row>(read, (parameters) => surveySql(time, parameters))
  const has = (part: Row['part'], place = 0): boolean =>
    rows.some((row) => row.part === part && row.found[place] === 1)
  return {
    hasEvents: has('events'),
    hasDeaths: has('events', 1),
    hasHealthLines: has('events', 2),
    hasExits: has('exits'),
    hasHealth: has('health'),
    hasChecks: has('checks'),
    hasHealthChecks: has('checks', 1),
    hasExitChecks: has('checks', 2),
  }
}

function surveySql(time: HappeningTime, parameters: SqlParameters): string {
  const within = withinSql('time', time, parameters)
  return `
SELECT 'events' AS part, [count() > 0, ${tellsSql('die')}, ${tellsSql('health_status')}] AS found
FROM vigie.event_log WHERE ${within}
UNION ALL
SELECT 'exits', [count() > 0] FROM vigie.container_totals WHERE ${withinSql('finished', time, parameters)}
UNION ALL
SELECT 'health', [count() > 0] FROM vigie.container_states WHERE ${within} AND health IN ('healthy', 'unhealthy')
UNION ALL
SELECT 'checks', [count() > 0, ${isNamedSql(healthCheck)}, ${isNamedSql(exitCheck)}]
FROM (${changedSql(time, parameters)})`
}

function tellsSql(action: string): string {
  return `countIf(source = 'docker' AND (positionCaseInsensitive(text, '${action}') > 0 OR endsWith(title, ': ${action}'))) > 0`
}

function isNamedSql(name: string): string {
  return `countIf(name = '${name}') > 0`
}

/** The checks that can have changed: one that had the same status all the time has not, unless it was silent for long. */
function changedSql({ fromMs, toMs }: HappeningTime, parameters: SqlParameters): string {
  const hourAgo = momentSql(toMs - forgottenMs, parameters)
  return `
  SELECT name FROM vigie.service_check_log
  WHERE ${withinSql('time', { fromMs, toMs, earlierMs: forgottenMs }, parameters)}
  GROUP BY name, id
  HAVING max(status) > 0
    AND (min(status) < max(status) OR countIf(time > ${hourAgo} AND time < ${momentSql(fromMs, parameters)}) = 0)`
}
