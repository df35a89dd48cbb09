import type { SqlParameters } from '../sql-parameters.ts'
import type { HappeningTime } from './happenings-sql.ts'
import { momentSql, noExitSql, withinSql } from './span-sql.ts'

const judged = `('healthy', 'unhealthy')`

/** As long as states are looked through for one that shows that the health of a host's containers is known. */
const weekMs = 7 * 86_400_000

/** The hosts whose containers' health is known by their states. */
export function healthHostsSql(span: HappeningTime, parameters: SqlParameters): string {
  const within = withinSql('time', { ...span, earlierMs: weekMs }, parameters)
  return `SELECT toString(host) FROM vigie.container_states WHERE health != 'none' AND ${within}`
}

/** A row for each change of a container's health. One that was healthy when it was seen first is none. */
export function healthRowsSql(span: HappeningTime, parameters: SqlParameters): string {
  const changed = `SELECT id FROM vigie.container_states
        WHERE ${withinSql('time', span, parameters)} AND health IN ${judged}`
  return `
SELECT time, cityHash64('health', id, time) AS hash, toUInt32(0) AS line, 'health' AS kind,
  health AS action, if(health = 'healthy', 'ok', 'critical') AS tone,
  concat(name, ' is ', health) AS title, '' AS text, toString(host) AS host, 'docker' AS actor,
  id AS container_id, name AS container_name, toString(image) AS image, ${noExitSql}, tags
FROM (
  SELECT id, time, host, name, image, tags, toString(health) AS health,
    lagInFrame(health, 1, 'healthy') OVER (PARTITION BY id ORDER BY time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS before
  FROM (
    SELECT id, time, host, name, image, tags, toString(health) AS health FROM vigie.container_states
    WHERE state = 'running' AND health != 'none' AND time <= ${momentSql(span.toMs, parameters)} AND id IN (${changed})
  )
)
WHERE time >= ${momentSql(span.fromMs, parameters)} AND health IN ${judged} AND health != before`
}
