import { logLevels } from '../../model/log-level.ts'
import { isLevelKey, type FieldTest, type LogFilter } from '../logs/language/log-filter.ts'
import { anything, isForNothing, tagSql, valueSql } from '../logs/sql/field-conditions.ts'
import type { SqlParameters } from '../sql-parameters.ts'
import { messageFilterSql } from './message-filter-sql.ts'

const message = `concat(title, '\\n', text)`
/** Fields of events and the columns that hold them; all others are tags. */
const columns: ReadonlyMap<string, string> = new Map([
  ['title', 'title'],
  ['text', 'text'],
  ['host', 'host'],
  ['source', 'source'],
  ['sources', 'source'],
  ['priority', 'priority'],
  ['aggregation_key', 'aggregation_key'],
])
/** What the levels of the language are called in events; `success` is its own. */
const typeOfLevel: ReadonlyMap<string, string> = new Map([['warn', 'warning']])
/** The level that an event has where levels are compared. */
const level = `multiIf(${[
  ['error', 'error'],
  ['warning', 'warn'],
]
  .map(([type, name]) => `alert_type = '${type}', ${logLevels.findIndex((one) => one === name)}`)
  .join(', ')}, ${logLevels.indexOf('info')})`

/** The condition over `vigie.event_log` that holds for the events that are meant, in the language of log searches. */
export function eventFilterSql(filter: LogFilter, parameters: SqlParameters): string {
  return messageFilterSql(filter, { message, fieldSql }, parameters)
}

function fieldSql(key: string, test: FieldTest, parameters: SqlParameters): string {
  if (isLevelKey(key) || key === 'alert_type') return alertTypeSql(test, parameters)
  const column = columns.get(key)
  if (column !== undefined) return valueSql(column, test, parameters)
  const tag = key.replace(/^@/, '')
  if (isForNothing(test)) return `NOT ${tagSql(tag, anything, parameters)}`
  return tagSql(tag, test, parameters)
}

function alertTypeSql(test: FieldTest, parameters: SqlParameters): string {
  if (test.kind === 'range') return valueSql(`toString(${level})`, test, parameters)
  if (test.kind === 'regex' || test.pattern.length > 1) {
    return valueSql('alert_type', test, parameters)
  }
  const [name] = test.pattern
  return `alert_type = ${parameters.text(typeOfLevel.get(name) ?? name)}`
}
