import type { Filter, SeriesQuestion } from './series-question.ts'

/** Parts of a statement with the values it binds; no text of a person is ever part of the statement itself. */
export class SqlParameters {
  readonly values: Record<string, string | number> = {}

  /** Binds a text and returns what stands for it. */
  text(value: string): string {
    const name = `p${Object.keys(this.values).length}`
    this.values[name] = value
    return `{${name}:String}`
  }

  /** Binds a whole number and returns what stands for it. */
  whole(value: number): string {
    const name = `p${Object.keys(this.values).length}`
    this.values[name] = Math.trunc(value)
    return `{${name}:Int64}`
  }
}

/** The series that a question means, with the values of the tags they are grouped by (`g0`, `g1`, …). */
export function selectedSeriesSql(question: SeriesQuestion, parameters: SqlParameters): string {
  const groups = question.groupBy.map(
    (key, index) => `, arrayJoin(${groupValues(key, parameters)}) AS g${index}`,
  )
  return `SELECT id, kind, interval_s${groups.join('')}
    FROM vigie.series FINAL
    WHERE metric = ${parameters.text(question.metric)} AND ${filterSql(question.filter, parameters)}`
}

export interface SeriesRange {
  readonly fromMs: number
  readonly toMs: number
  readonly intervalS: number
  readonly maxGroups: number
}

/**
 * One row for each group, `groups` with the values of its tags and `points` with `[interval, value]` in order of time,
 * an interval being its start in Unix time divided by its length.
 * First the points of a series within an interval become one, then the series of a group.
 */
export function seriesSql(
  question: SeriesQuestion,
  range: SeriesRange,
  parameters: SqlParameters,
): string {
  const groups = question.groupBy.map((_key, index) => `toString(s.g${index})`)
  const metric = parameters.text(question.metric)
  const fromMs = parameters.whole(range.fromMs)
  const toMs = parameters.whole(range.toMs)
  const intervalMs = parameters.whole(range.intervalS * 1000)
  return `
WITH selected AS (${selectedSeriesSql(question, parameters)})
SELECT groups, arraySort(groupArray(tuple(toUInt32(bucket), value))) AS points
FROM (
  SELECT [${groups.join(', ')}]::Array(String) AS groups, p.bucket AS bucket,
    ${question.aggregator}(${seriesValue(question, range.intervalS)}) AS value
  FROM (
    SELECT id, intDiv(toUnixTimestamp64Milli(time), ${intervalMs}) AS bucket,
      sum(value) AS total, count() AS points, min(value) AS least, max(value) AS most
    FROM vigie.points_1s FINAL
    WHERE metric = ${metric}
      AND time >= fromUnixTimestamp64Milli(${fromMs}, 'UTC') AND time <= fromUnixTimestamp64Milli(${toMs}, 'UTC')
      AND id IN (SELECT id FROM selected)
    GROUP BY id, bucket
  ) AS p
  INNER JOIN selected AS s ON p.id = s.id
  GROUP BY groups, bucket
)
GROUP BY groups
ORDER BY groups
LIMIT ${range.maxGroups}`
}

/**
 * The value of one series in one interval. Counts add up, gauges and rates are averaged, unless another way is asked
 * for; `as_count` turns a rate back into what was counted, `as_rate` a count into so many a second.
 * @see https://docs.datadoghq.com/dashboards/functions/rollup/
 */
function seriesValue({ rollup, as }: SeriesQuestion, intervalS: number): string {
  const average = 'p.total / p.points'
  switch (rollup?.method) {
    case 'avg':
      return average
    case 'sum':
      return 'p.total'
    case 'min':
      return 'p.least'
    case 'max':
      return 'p.most'
    case 'count':
      return 'toFloat64(p.points)'
    case undefined:
      break
  }
  if (as === 'rate') return `if(s.kind = 'count', p.total / ${intervalS}, ${average})`
  const ofRate = as === 'count' ? 'p.total * greatest(s.interval_s, 1)' : average
  return `multiIf(s.kind = 'count', p.total, s.kind = 'rate', ${ofRate}, ${average})`
}

/** All values that a series has for a key; one without the tag stands under `N/A`, as Datadog shows it. */
function groupValues(key: string, parameters: SqlParameters): string {
  const prefix = parameters.text(`${key}:`)
  const values = `arrayMap(tag -> substring(tag, length(${prefix}) + 1), arrayFilter(tag -> startsWith(tag, ${prefix}), tags))`
  const own = key === 'host' ? `if(host != '', [toString(host)], ${values})` : values
  return `if(empty(${own}), ['N/A'], ${own})`
}

function filterSql(filter: Filter, parameters: SqlParameters): string {
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
