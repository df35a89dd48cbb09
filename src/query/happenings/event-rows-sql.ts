import type { SqlParameters } from '../sql-parameters.ts'
import type { HappeningSpan } from './happenings-sql.ts'
import { healthHostsSql } from './health-rows-sql.ts'
import { noExitSql, tagValueSql, withinSql } from './span-sql.ts'

/** An engine's events come bundled by the second: a line can be so many seconds after what it tells. */
const apartS = 5
/** A line of a bundle, and what stands below the last one where there were too many. */
const isLine = `position(one, '\\t') > 0 OR (startsWith(one, 'and ') AND endsWith(one, ' more'))`
const singlePattern = String.raw`^Container ([0-9a-f]{12,64}): [a-z_]+$`

/**
 * A row for each event, and for each line of those that bundle what an engine told. `die` and `health_status` are left out
 * where the run or the container's health is known, which say more.
 */
export function eventRowsSql(span: HappeningSpan, parameters: SqlParameters): string {
  return `
SELECT time, hash, line,
  multiIf(form = 'event', 'event', action = 'oom', 'oom', action = 'health_status', 'health', 'engine') AS kind, action,
  multiIf(action = 'oom', 'critical', form = 'event', transform(alert_type, ['error', 'warning', 'success'], ['critical', 'warning', 'ok'], 'none'), 'none') AS tone,
  multiIf(form = 'event', title, form = 'more', concat(told, ' of ', image), action = 'oom', concat('A process of ', container_name, ' was killed for want of memory'), concat(container_name, ': ', action)) AS title,
  if(form IN ('event', 'single'), text, '') AS text, host, actor, container_id, container_name, image,
  ${noExitSql}, tags
FROM (${toldSql(span, parameters)})
WHERE ${untoldElsewhereSql(span, parameters)}`
}

/** The conditions that what is told better elsewhere does not meet; they cost as much as all the rest where they are not needed. */
function untoldElsewhereSql(span: HappeningSpan, parameters: SqlParameters): string {
  const { hasDeaths, hasHealthLines } = span.survey
  const runs = { fromMs: span.fromMs - apartS * 1000, toMs: span.toMs + 1000 }
  const conditions = [
    ...(hasDeaths
      ? [
          `NOT (action = 'die' AND cityHash64(host, container_name, toUnixTimestamp(time)) IN (
    SELECT cityHash64(toString(host), name, toUInt32(toUnixTimestamp(finished) + arrayJoin(range(${apartS + 1}))))
    FROM vigie.container_totals WHERE ${withinSql('finished', runs, parameters)}
  ))`,
        ]
      : []),
    ...(hasHealthLines
      ? [`NOT (action = 'health_status' AND host IN (${healthHostsSql(span, parameters)}))`]
      : []),
  ]
  return conditions.join(' AND ') || '1'
}

/** What each event, or line of a bundle, tells of which container. */
function toldSql(span: HappeningSpan, parameters: SqlParameters): string {
  return `
SELECT time, hash, line, form, told, title, text, alert_type, host, actor,
  multiIf(form = 'line', lower(parts[1]), form = 'single', substring(title, length(single_id) + 13), form = 'more', 'more', actor) AS action,
  multiIf(form = 'line', parts[2], form = 'single', extract(text, '^Container (.*) of image '), form = 'more', '', own_name) AS container_name,
  multiIf(form = 'line', if(is_alone, own_id, ''), form = 'single', single_id, form = 'more', '', own_id) AS container_id,
  multiIf(form IN ('line', 'more'), substring(aggregation_key, 8), form = 'single', extract(text, ' of image (.*?): '), own_image) AS image,
  ${span.isNarrowed ? `if(is_alone OR form NOT IN ('line', 'more'), tags, [])` : 'tags'} AS tags
FROM (${linesSql(span, parameters)})
WHERE ${span.isNarrowed ? ownLinesSql : '1'}`
}

/** Whoever sees a part of all containers sees of a bundle the lines of those. */
const ownLinesSql = `form IN ('event', 'single') OR form = 'line' AND (is_alone OR (host, parts[2]) IN (SELECT toString(host), name FROM vigie.container_states))`

/** A row for each line of a bundle, and one for each other event. */
function linesSql(span: HappeningSpan, parameters: SqlParameters): string {
  return `
SELECT time, hash, title, text, alert_type, aggregation_key, tags, host, actor, single_id, own_id, own_name, own_image, is_alone, told,
  toUInt32(number) AS line, splitByChar('\\t', told) AS parts,
  multiIf(length(parts) = 2, 'line', told != '', 'more', single_id != '', 'single', 'event') AS form
FROM (
  SELECT *, length(arrayDistinct(arrayMap(one -> splitByChar('\\t', one)[2], lines))) = 1 AS is_alone,
    if(countEqual(arrayMap(tag -> startsWith(tag, 'container_id:'), tags), 1) = 1, ${tagValueSql('container_id')}, '') AS own_id,
    if(is_bundle, '', ${tagValueSql('container_name')}) AS own_name, if(is_bundle, '', ${tagValueSql('docker_image')}) AS own_image
  FROM (${readSql(span, parameters)})
)
ARRAY JOIN if(empty(lines), [''], lines) AS told, arrayEnumerate(if(empty(lines), [''], lines)) AS number`
}

function readSql(span: HappeningSpan, parameters: SqlParameters): string {
  return `
    SELECT time, id AS hash, title, text, alert_type, aggregation_key, tags, toString(host) AS host, toString(source) AS actor,
      actor = 'docker' AND startsWith(aggregation_key, 'docker:') AS is_engine,
      is_engine AND startsWith(text, '%%%') AS is_bundle,
      if(is_bundle, arrayFilter(one -> ${isLine}, splitByChar('\\n', text)), []) AS lines,
      if(is_engine AND NOT is_bundle, extract(title, '${singlePattern}'), '') AS single_id
    FROM vigie.event_log FINAL WHERE ${withinSql('time', span, parameters)}`
}
