import type { Dialect } from './dialect.ts'
import { mapCode } from './map-code.ts'
import { quoteName, quoteText } from './quote-sql.ts'

/** The database of our statements. */
const ownDatabase = /(?<![\w.`"])vigie\./g
const systemTables = /(?<![\w.`"])system\.(parts|detached_parts|tables|mutations)(?!\w)/g

/** Our statements for a single server, with the tables in any database of its. */
export function serverDialect(database: string): Dialect {
  const question = (statement: string): string =>
    database === 'vigie'
      ? statement
      : inDatabase(
          showAsOwn(statement, { database, source: (table) => `system.${table}` }),
          database,
        )
  return {
    commands: (statement) => (isOfDatabase(statement) ? [] : [question(statement)]),
    question,
    peopleQuestion: (statement) => inDatabase(statement, database),
  }
}

/** The database itself is made, if need be, before anything else is said. */
export function isOfDatabase(statement: string): boolean {
  return /^\s*CREATE DATABASE /i.test(statement)
}

/** `vigie.<table>` in another database; what stands in quotes is left alone. */
export function inDatabase(statement: string, database: string): string {
  if (database === 'vigie') return statement
  return mapCode(statement, (code) => code.replaceAll(ownDatabase, `${quoteName(database)}.`))
}

export interface OwnTables {
  readonly database: string
  /** Where the rows of one of the engine's tables are read from. */
  readonly source: (table: string) => string
  /** Which rows, beside those of the database. */
  readonly where?: (table: string) => string | undefined
  /** The name of a table of ours, from the column that holds that of the one that is there. */
  readonly ownName?: (column: string) => string
}

/**
 * Puts a subquery in the place of the engine's own tables, which shows what belongs to us under the names of our
 * statements: `database = 'vigie' AND table = 'series'` then holds wherever the rows are.
 */
export function showAsOwn(statement: string, own: OwnTables): string {
  return mapCode(statement, (code) =>
    code.replaceAll(systemTables, (_all, table: string) => {
      const nameColumn = table === 'tables' ? 'name' : 'table'
      const replaced = [`'vigie' AS database`]
      if (own.ownName) replaced.push(`${own.ownName(nameColumn)} AS ${nameColumn}`)
      const conditions = [`database = ${quoteText(own.database)}`, own.where?.(table)]
      const where = conditions.filter((one) => one !== undefined).join(' AND ')
      return `(SELECT * REPLACE (${replaced.join(', ')}) FROM (SELECT * FROM ${own.source(table)} WHERE ${where}))`
    }),
  )
}
