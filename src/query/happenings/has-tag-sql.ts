import type { SqlParameters } from '../sql-parameters.ts'

const hostPrefix = 'host:'

/** The condition that a row has a whole tag, or with `host:` is of this host. */
export function hasTagSql(tag: string, parameters: SqlParameters): string {
  if (!tag.startsWith(hostPrefix)) return `has(tags, ${parameters.text(tag)})`
  return `host = ${parameters.text(tag.slice(hostPrefix.length))}`
}
