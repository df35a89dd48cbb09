import type { SqlParameters } from '../../sql-parameters.ts'
import type { LogFilter } from '../language/log-filter.ts'
import { fieldSql, isCountedField } from './field-conditions.ts'
import { regexSql, textSql } from './message-conditions.ts'

/** The condition over `log_lines` that holds for the lines that are meant; what was given travels as parameters. */
export function filterSql(filter: LogFilter, parameters: SqlParameters): string {
  switch (filter.kind) {
    case 'all':
      return '1'
    case 'text':
      return textSql(filter.pattern, parameters)
    case 'regex':
      return regexSql(filter.regex, parameters)
    case 'field':
      return fieldSql(filter.key, filter.test, parameters)
    case 'not':
      return `NOT ${filterSql(filter.filter, parameters)}`
    case 'and':
    case 'or': {
      const parts = filter.filters.map((part) => filterSql(part, parameters))
      return `(${parts.join(filter.kind === 'and' ? ' AND ' : ' OR ')})`
    }
  }
}

/** Whether a filter looks at nothing but level and origin: then its condition is good for `log_counts`, too. */
export function isCounted(filter: LogFilter): boolean {
  switch (filter.kind) {
    case 'all':
      return true
    case 'text':
    case 'regex':
      return false
    case 'field':
      return isCountedField(filter.key)
    case 'not':
      return isCounted(filter.filter)
    case 'and':
    case 'or':
      return filter.filters.every(isCounted)
  }
}
