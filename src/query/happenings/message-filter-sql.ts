import type { FieldTest, LogFilter } from '../logs/language/log-filter.ts'
import { regexText, toRegex } from '../logs/sql/message-conditions.ts'
import type { SqlParameters } from '../sql-parameters.ts'

/** How a table is searched: the expression that words look at, and the condition that a field passes a test. */
export interface SearchedTable {
  readonly message: string
  readonly fieldSql: (key: string, test: FieldTest, parameters: SqlParameters) => string
}

/** The condition over a table for the rows that a search means, in the language of log searches. */
export function messageFilterSql(
  filter: LogFilter,
  table: SearchedTable,
  parameters: SqlParameters,
): string {
  switch (filter.kind) {
    case 'all':
      return '1'
    case 'text':
      return `match(${table.message}, ${parameters.text(toRegex(filter.pattern))})`
    case 'regex':
      return `match(${table.message}, ${parameters.text(regexText(filter.regex))})`
    case 'field':
      return table.fieldSql(filter.key, filter.test, parameters)
    case 'not':
      return `NOT ${messageFilterSql(filter.filter, table, parameters)}`
    case 'and':
    case 'or': {
      const parts = filter.filters.map((part) => messageFilterSql(part, table, parameters))
      return `(${parts.join(filter.kind === 'and' ? ' AND ' : ' OR ')})`
    }
  }
}
