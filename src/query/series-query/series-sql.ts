import type { SqlParameters } from '../sql-parameters.ts'
import type { Filter, SeriesQuestion, TimeAggregator } from './series-question.ts'

/** What is kept of a series: points, or sketches where it is a distribution. */
export type Kept = 'points' | 'sketches'

/**
 * The series that a question means, those of which that is kept or all of them, with the values of the tags they are
 * grouped by (`groups`).
 */
export function selectedSeriesSql(
  question: SeriesQuestion,
  parameters: SqlParameters,
  kept?: Kept,
): string {
  const joins = question.groupBy.map(
    (key, index) => `, arrayJoin(${groupValues(key, parameters)}) AS g${index}`,
  )
  const groups = question.groupBy.map((_key, index) => `toString(g${index})`)
  const kind = kept && `AND kind ${kept === 'points' ? '!=' : '='} 'distribution'`
  return `SELECT id, kind, interval_s${joins.join('')}, [${groups.join(', ')}]::Array(String) AS groups
    FROM vigie.series FINAL
    WHERE metric = ${parameters.text(question.metric)} ${kind ?? ''} AND ${filterSql(question.filter, parameters)}`
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
  return `
WITH selected AS (${selectedSeriesSql(question, parameters, 'points')})
SELECT groups, arraySort(groupArray(tuple(toUInt32(bucket), value))) AS points
FROM (
  SELECT s.groups AS groups, p.bucket AS bucket,
    ${question.aggregator}(${seriesValue(question, range.intervalS)}) AS value
  FROM (
    SELECT id, ${bucketSql(range)} AS bucket,
      sum(value) AS total, count() AS points, min(value) AS least, max(value) AS most
    FROM vigie.points_1s FINAL
    WHERE ${rowsSql(question, range, parameters)}
    GROUP BY id, bucket
  ) AS p
  INNER JOIN selected AS s ON p.id = s.id
  GROUP BY groups, bucket
)
GROUP BY groups
ORDER BY groups
LIMIT ${range.maxGroups}`
}

/** The interval that a row is in, as a number. */
export function bucketSql({ intervalS }: SeriesRange): string {
  return `toUInt32(intDiv(toUnixTimestamp64Milli(time), ${Math.trunc(intervalS * 1000)}))`
}

/** The condition for rows of the range that belong to series in `selected`. */
export function rowsSql(
  { metric }: SeriesQuestion,
  { fromMs, toMs }: SeriesRange,
  parameters: SqlParameters,
): string {
  return `metric = ${parameters.text(metric)}
      AND time >= fromUnixTimestamp64Milli(${parameters.whole(fromMs)}, 'UTC')
      AND time <= fromUnixTimestamp64Milli(${parameters.whole(toMs)}, 'UTC')
      AND id IN (SELECT id FROM selected)`
}

/**
 * The value of one series in one interval. Counts add up, gauges and rates are averaged, unless another way is asked
 * for. `as_count` makes of a rate what was counted, `as_rate` of either so many a second, over an interval that is at
 * least as long as the time between two points.
 * @see https://docs.datadoghq.com/metrics/type_modifiers/
 */
function seriesValue({ rollup, as }: SeriesQuestion, intervalS: number): string {
  const ofGauge = timeValue(rollup?.method ?? 'avg', '1')
  if (as === undefined) {
    const ofCount = timeValue(rollup?.method ?? 'sum', '1')
    return `if(s.kind = 'count', ${ofCount}, ${ofGauge})`
  }
  return `if(s.kind = 'gauge', ${ofGauge}, ${convertedValue(rollup?.method ?? 'sum', as, intervalS)})`
}

function convertedValue(method: TimeAggregator, as: 'count' | 'rate', intervalS: number): string {
  const spacing = 'greatest(s.interval_s, 1)'
  const counted = `if(s.kind = 'rate', ${spacing}, 1)`
  if (as === 'count') return timeValue(method, counted)
  if (method === 'sum') {
    return `${timeValue('sum', counted)} / greatest(${intervalS}, ${spacing})`
  }
  return timeValue(method, `if(s.kind = 'rate', 1, 1 / ${spacing})`)
}

/** The points of an interval as one value, each point multiplied by `factor`. */
function timeValue(method: TimeAggregator, factor: string): string {
  switch (method) {
    case 'avg':
      return `p.total * ${factor} / p.points`
    case 'sum':
      return `p.total * ${factor}`
    case 'min':
      return `p.least * ${factor}`
    case 'max':
      return `p.most * ${factor}`
    case 'count':
      return 'toFloat64(p.points)'
  }
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
