import type { TagScope, TagTerm } from '../../model/person.ts'
import type { SqlParameters } from '../sql-parameters.ts'

/** What rows of a table say of themselves besides their column `tags`. */
export interface ScopedColumns {
  /** Columns that are as good as a tag, by its key. */
  readonly columns: Readonly<Record<string, string>>
  /** The condition that a row is of one container. */
  readonly isOfContainer: string
}

/**
 * The condition that the tags of a row meet a scope. Where a term forbids something the row has to be of one container, too:
 * a figure of several, or of a host, lacks the tag and yet has in it what is forbidden.
 */
export function scopeSql(
  scope: TagScope,
  { columns, isOfContainer }: ScopedColumns,
  parameters: SqlParameters,
): string {
  const terms = scope.map((term) => termSql(term, columns[term.key], parameters))
  const whose = scope.some(({ isNegated }) => isNegated) ? [isOfContainer] : []
  return ['1', ...whose, ...terms].join(' AND ')
}

function termSql(
  { key, patterns, isNegated }: TagTerm,
  column: string | undefined,
  parameters: SqlParameters,
): string {
  const ways = patterns.flatMap((pattern) => {
    const tag = tagSql(`${key}:${pattern}`, parameters)
    return column === undefined ? [tag] : [tag, columnSql(column, pattern, parameters)]
  })
  return `${isNegated ? 'NOT ' : ''}(${ways.join(' OR ')})`
}

function tagSql(tag: string, parameters: SqlParameters): string {
  if (!tag.includes('*')) return `has(tags, ${parameters.text(tag)})`
  return `arrayExists(tag -> tag LIKE ${parameters.text(likePattern(tag))}, tags)`
}

function columnSql(column: string, pattern: string, parameters: SqlParameters): string {
  if (!pattern.includes('*')) return `${column} = ${parameters.text(pattern)}`
  return `(${column} != '' AND ${column} LIKE ${parameters.text(likePattern(pattern))})`
}

function likePattern(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`).replaceAll('*', '%')
}
