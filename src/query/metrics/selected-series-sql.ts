import type { Filter, MetricQuery } from '../metric-language/expression.ts'
import type { SqlParameters } from '../sql-parameters.ts'

/** What is kept of a series: points, or sketches where it is a distribution. */
type Kept = 'points' | 'sketches'

/** What says which series are meant. */
export type SeriesSelection = Pick<MetricQuery, 'metric' | 'filter'>

/** The condition for rows of `vigie.series` that a query means. */
export function seriesCondition(
  { metric, filter }: SeriesSelection,
  parameters: SqlParameters,
): string {
  const isMetric = `metric = ${parameters.text(metric)}`
  return filter.kind === 'all' ? isMetric : `${isMetric} AND ${filterSql(filter, parameters)}`
}

/**
 * The series of a query of which that is kept: `id`, `kind`, `interval_s`, with the values of the tags they are grouped by
 * (`groups`) and the place of these among all in their order (`number`, from 1). A series is there once for each of its
 * groups.
 */
export function selectedSeriesSql(
  query: MetricQuery,
  kept: Kept,
  parameters: SqlParameters,
): string {
  const condition = `${seriesCondition(query, parameters)}
      AND kind ${kept === 'points' ? '!=' : '='} 'distribution'`
  if (query.groupBy.length === 0) {
    return `SELECT id, kind, interval_s, []::Array(String) AS groups, 1::UInt32 AS number
    FROM vigie.series FINAL
    WHERE ${condition}`
  }
  const joins = query.groupBy.map(
    (key, index) => `arrayJoin(${groupValues(key, parameters)}) AS g${index}`,
  )
  const groups = query.groupBy.map((_key, index) => `toString(g${index})`)
  return `SELECT id, kind, interval_s, groups, toUInt32(dense_rank() OVER (ORDER BY groups)) AS number
    FROM (
      SELECT id, kind, interval_s, ${joins.join(', ')}, [${groups.join(', ')}]::Array(String) AS groups
      FROM vigie.series FINAL
      WHERE ${condition}
    )`
}

/** All values that a series has for a key; one without the tag stands under `N/A`, as Datadog shows it. */
function groupValues(key: string, parameters: SqlParameters): string {
  const prefix = parameters.text(`${key}:`)
  const values = `arrayMap(tag -> substring(tag, length(${prefix}) + 1), arrayFilter(tag -> startsWith(tag, ${prefix}), tags))`
  const own = key === 'host' ? `if(host != '', [toString(host)], ${values})` : values
  return `if(empty(${own}), ['N/A'], ${own})`
}

/** The condition for rows of `vigie.series` that a filter means. */
export function filterSql(filter: Filter, parameters: SqlParameters): string {
  switch (filter.kind) {
    case 'all':
      return '1'
    case 'word':
      return tagSql(filter.text, parameters)
    case 'tag': {
      const sql = tagSql(`${filter.key}:${filter.value}`, parameters)
      return filter.key === 'host' ? `(${hostSql(filter.value, parameters)} OR ${sql})` : sql
    }
    case 'not':
      return `NOT ${filterSql(filter.filter, parameters)}`
    case 'and':
    case 'or': {
      const parts = filter.filters.map((part) => filterSql(part, parameters))
      return `(${parts.join(filter.kind === 'and' ? ' AND ' : ' OR ')})`
    }
  }
}

function tagSql(tag: string, parameters: SqlParameters): string {
  if (!tag.includes('*')) return `has(tags, ${parameters.text(tag)})`
  return `arrayExists(tag -> tag LIKE ${parameters.text(likePattern(tag))}, tags)`
}

function hostSql(value: string, parameters: SqlParameters): string {
  if (!value.includes('*')) return `host = ${parameters.text(value)}`
  return `host LIKE ${parameters.text(likePattern(value))}`
}

function likePattern(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`).replaceAll('*', '%')
}
