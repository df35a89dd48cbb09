import { logLevels } from '../../../model/log-level.ts'
import type { SqlParameters } from '../../sql-parameters.ts'
import {
  isLevelKey,
  type FieldTest,
  type RangeEnd,
  type TextPattern,
} from '../language/log-filter.ts'
import { regexText } from './message-conditions.ts'

/** Fields of where lines come from, and the columns of `log_origins` that hold them. */
const originColumns: ReadonlyMap<string, string> = new Map([
  ['container_name', 'container_name'],
  ['image', 'image'],
  ['service', 'service'],
  ['source', 'source'],
  ['host', 'host'],
])
const containerIdPattern = /^[0-9a-f]{12,64}$/
/** What every value but an empty one passes. */
export const anything: FieldTest = { kind: 'text', pattern: ['', ''] }

/** Whether a field is the same for all lines of one level and one origin. */
export function isCountedField(key: string): boolean {
  return isLevelKey(key) || key === 'container' || key === 'container_id' || originColumns.has(key)
}

/** The condition over `log_lines` that a field of the line passes a test. */
export function fieldSql(key: string, test: FieldTest, parameters: SqlParameters): string {
  if (isLevelKey(key)) return levelSql(test, parameters)
  if (key === 'stream') return valueSql('toString(output)', test, parameters)
  if (key.startsWith('@')) return attributeSql(key.slice(1), test, parameters)
  if (key === 'container') return originSql(containerSql(test, parameters))
  if (key === 'container_id') return originSql(containerIdSql(test, parameters))
  const column = originColumns.get(key)
  if (column !== undefined) return originSql(valueSql(column, test, parameters))
  if (isForNothing(test)) return `NOT ${fieldSql(key, anything, parameters)}`
  return `(${originSql(tagSql(key, test, parameters))} OR ${attributeSql(key, test, parameters)})`
}

/** Whether a field has to be absent. */
export function isForNothing(test: FieldTest): boolean {
  return test.kind === 'text' && test.pattern.length === 1 && test.pattern[0] === ''
}

function originSql(condition: string): string {
  return `origin IN (SELECT id FROM vigie.log_origins WHERE ${condition})`
}

function levelSql(test: FieldTest, parameters: SqlParameters): string {
  if (test.kind === 'range') return rangeSql('toInt8(level)', test, parameters)
  if (test.kind === 'regex') return valueSql('toString(level)', test, parameters)
  const isMeant = toPredicate(test.pattern)
  const levels = logLevels.filter((level) => isMeant(level))
  if (levels.length === 0) return '0'
  return `level IN (${levels.map((level) => `'${level}'`).join(', ')})`
}

/** The name, or the id where the value can be one. */
function containerSql(test: FieldTest, parameters: SqlParameters): string {
  const byName = valueSql('container_name', test, parameters)
  const isId =
    test.kind === 'text' && test.pattern.length === 1 && containerIdPattern.test(test.pattern[0])
  return isId ? `(${byName} OR ${containerIdSql(test, parameters)})` : byName
}

/** An id may be given by its beginning. */
function containerIdSql(test: FieldTest, parameters: SqlParameters): string {
  if (test.kind !== 'text' || test.pattern.length > 1 || isForNothing(test)) {
    return valueSql('container_id', test, parameters)
  }
  return `startsWith(container_id, ${parameters.text(test.pattern[0])})`
}

function attributeSql(name: string, test: FieldTest, parameters: SqlParameters): string {
  return valueSql(`attributes[${parameters.text(name)}]`, test, parameters)
}

/** The condition that a value of a tag in the column `tags` passes a test: there may be several. */
export function tagSql(key: string, test: FieldTest, parameters: SqlParameters): string {
  const prefix = parameters.text(`${key}:`)
  if (test.kind === 'text' && test.pattern.length === 1) {
    return `has(tags, ${parameters.text(`${key}:${test.pattern[0]}`)})`
  }
  const value = `substring(tag, length(${prefix}) + 1)`
  return `arrayExists(tag -> startsWith(tag, ${prefix}) AND ${valueSql(value, test, parameters)}, tags)`
}

/** The condition that an expression passes a test. */
export function valueSql(value: string, test: FieldTest, parameters: SqlParameters): string {
  switch (test.kind) {
    case 'text':
      return patternSql(value, test.pattern, parameters)
    case 'regex':
      return `match(${value}, ${parameters.text(regexText(test.regex))})`
    case 'range':
      // What is no number is in no range, and outside of each.
      return `ifNull(${rangeSql(`toFloat64OrNull(${value})`, test, parameters)}, 0)`
  }
}

function patternSql(value: string, pattern: TextPattern, parameters: SqlParameters): string {
  if (pattern.length === 1) return `${value} = ${parameters.text(pattern[0])}`
  if (pattern.every((piece) => piece === '')) return `${value} != ''`
  const like = pattern.map((piece) => piece.replaceAll(/[\\%_]/g, String.raw`\$&`)).join('%')
  return `${value} LIKE ${parameters.text(like)}`
}

function rangeSql(
  value: string,
  { from, to }: { readonly from?: RangeEnd; readonly to?: RangeEnd },
  parameters: SqlParameters,
): string {
  const compare = (sign: '>' | '<', end: RangeEnd | undefined): string[] =>
    end === undefined
      ? []
      : [`${value} ${sign}${end.isIncluded ? '=' : ''} ${parameters.real(end.value)}`]
  return `(${[...compare('>', from), ...compare('<', to)].join(' AND ')})`
}

/** Whether a whole name is meant by a pattern, in whatever case. */
function toPredicate(pattern: TextPattern): (name: string) => boolean {
  const source = pattern.map((piece) => RegExp.escape(piece)).join('.*')
  const regex = new RegExp(`^${source}$`, 'i')
  return (name) => regex.test(name)
}
