import { logLevels, type LogLevel } from '../../model/log-level.ts'
import { isLevelKey, type FieldTest, type LogFilter } from '../logs/language/log-filter.ts'
import { anything, isForNothing, tagSql, valueSql } from '../logs/sql/field-conditions.ts'
import type { SqlParameters } from '../sql-parameters.ts'
import { messageFilterSql } from './message-filter-sql.ts'

const message = `concat(title, '\\n', text)`
/** Fields of what happened and the columns that hold them; all others but those of a container are tags. */
const columns: ReadonlyMap<string, string> = new Map([
  ['kind', 'kind'],
  ['action', 'action'],
  ['tone', 'tone'],
  ['title', 'title'],
  ['text', 'text'],
  ['host', 'host'],
  ['actor', 'actor'],
  ['source', 'actor'],
  ['sources', 'actor'],
  ['container_name', 'container_name'],
  ['exit_code', `ifNull(toString(exit_code), '')`],
])
const idPattern = /^[0-9a-f]{12,64}$/
const worst = 'critical'
/** The tone that stands for each level of the language; a lower level is none of anything's. */
const toneOfLevel: Partial<Readonly<Record<LogLevel, string>>> = {
  warn: 'warning',
  error: worst,
  critical: worst,
  alert: worst,
  emergency: worst,
}
/** The level that a tone has where levels are compared. */
const level = `multiIf(tone = 'critical', ${logLevels.indexOf('error')}, tone = 'warning', ${logLevels.indexOf('warn')}, ${logLevels.indexOf('info')})`
/** An image's last part without tag and digest, as `shortImage` makes it. */
const shortImage = `replaceRegexpOne(image, '^(?:[^@]*/)?(sha256:[^/@:]*|[^/@:]*).*$', '\\\\1')`

/** The condition over the rows of `happeningsSql` that holds for those that are meant, in the language of log searches. */
export function happeningFilterSql(filter: LogFilter, parameters: SqlParameters): string {
  return messageFilterSql(filter, { message, fieldSql }, parameters)
}

function fieldSql(key: string, test: FieldTest, parameters: SqlParameters): string {
  if (isLevelKey(key)) return levelSql(test, parameters)
  if (key === 'image') return imageSql(test, parameters)
  if (key === 'container') return containerSql(test, parameters)
  if (key === 'container_id') return idSql(test, parameters)
  const column = columns.get(key)
  if (column !== undefined) return valueSql(column, test, parameters)
  const tag = key.replace(/^@/, '')
  if (isForNothing(test)) return `NOT ${tagSql(tag, anything, parameters)}`
  return tagSql(tag, test, parameters)
}

function levelSql(test: FieldTest, parameters: SqlParameters): string {
  if (test.kind === 'range') return valueSql(`toString(${level})`, test, parameters)
  if (test.kind === 'regex' || test.pattern.length > 1) return valueSql('tone', test, parameters)
  const name = logLevels.find((one) => one === test.pattern[0]) ?? 'unknown'
  if (name === 'info') return `tone IN ('none', 'ok')`
  return `tone = ${parameters.text(toneOfLevel[name] ?? name)}`
}

/** Whole, or its last part alone; what must not be there is in neither. */
function imageSql(test: FieldTest, parameters: SqlParameters): string {
  return `(${valueSql('image', test, parameters)} OR ${valueSql(shortImage, test, parameters)})`
}

/** The name, or the id where the value can be one. */
function containerSql(test: FieldTest, parameters: SqlParameters): string {
  const byName = valueSql('container_name', test, parameters)
  const isId = test.kind === 'text' && test.pattern.length === 1 && idPattern.test(test.pattern[0])
  return isId ? `(${byName} OR ${idSql(test, parameters)})` : byName
}

/**
 * An id may be given by its beginning. Where only a name is told, it is that of the container with this name on that host
 * while it was there.
 */
function idSql(test: FieldTest, parameters: SqlParameters): string {
  if (test.kind !== 'text' || test.pattern.length > 1 || isForNothing(test)) {
    return valueSql('container_id', test, parameters)
  }
  const isMeant = `startsWith(id, ${parameters.text(test.pattern[0])})`
  const known = `FROM vigie.container_states WHERE ${isMeant}`
  return `(startsWith(container_id, ${parameters.text(test.pattern[0])}) OR (
    container_id = '' AND container_name != ''
    AND (host, container_name) IN (SELECT host, name ${known})
    AND time >= (SELECT min(time) - INTERVAL 5 SECOND ${known})
    AND time <= (SELECT if(argMax(state, time) = 'removed', max(time) + INTERVAL 5 SECOND, now64(3) + INTERVAL 1 DAY) ${known})
  ))`
}
