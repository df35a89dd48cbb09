import type { MetricQuery } from '../metric-language/expression.ts'
import type { SqlParameters } from '../sql-parameters.ts'
import { blocksSql, type Summand, type TableRows } from './blocks-sql.ts'
import type { FrameGrid } from './frame.ts'
import { selectedSeriesSql } from './selected-series-sql.ts'

/** What is read for a query, and how many groups are answered. */
export interface GroupRows extends TableRows {
  readonly maxGroups: number
}

/**
 * One row for each group and block of the grid that has anything, in the order of groups: the values of its tags
 * (`Array(String)`), the block (`UInt32`) and its values (`Array(Float64)`), NaN where there is nothing.
 * First the points of a series within an interval become one, then the series of a group.
 */
export function pointsSql(query: MetricQuery, rows: GroupRows, parameters: SqlParameters): string {
  const { aggregator, as } = query
  const { summands, value } = seriesValue(query)
  const ofSeries = `arrayMap((${summands.join(', ')}) -> if(count = 0, NULL, ${value}), ${summands.map((one) => `p.${one}_of`).join(', ')})`
  return `
WITH selected AS (
  SELECT id, number, groups, ${as === undefined ? `kind = 'count'` : `kind != 'gauge'`} AS adds_up,
    toFloat64(${factorSql(query, rows.grid)}) AS factor, toFloat64(${fullCountSql(rows.grid)}) AS full_count
  FROM (${selectedSeriesSql(query, 'points', parameters)})
  WHERE number <= ${rows.maxGroups}
)
SELECT any(s.groups), p.block, arrayMap(value -> ifNull(value, nan), ${aggregator}ForEach(${ofSeries}))
FROM (${blocksSql(rows, summands, parameters)}) AS p
INNER JOIN selected AS s ON p.id = s.id
GROUP BY s.number, p.block
ORDER BY s.number`
}

/**
 * The value of one series in one interval, of what its points are added up to. Unless another way is asked for, counts add
 * up, gauges and rates are averaged.
 */
function seriesValue({ aggregator, rollup, isWeighted }: MetricQuery): {
  readonly summands: readonly Summand[]
  readonly value: string
} {
  const method = rollup?.method
  const isOfLifespan = isWeighted === true && aggregator === 'sum'
  const points = isOfLifespan ? 'greatest(toFloat64(count), full_count)' : 'count'
  switch (method) {
    case undefined:
      return { summands: ['count', 'sum'], value: `sum * factor / if(adds_up, 1, ${points})` }
    case 'avg':
      return { summands: ['count', 'sum'], value: `sum * factor / ${points}` }
    case 'count':
      return { summands: ['count'], value: 'toFloat64(count)' }
    case 'sum':
    case 'min':
    case 'max':
    case 'last':
      return { summands: ['count', method], value: `${method} * factor` }
  }
}

/**
 * The points of a gauge that is there all the interval, by which it is divided where sums are weighted: one that is there for
 * a sixth of it counts for a sixth. 0 where that is not known, and for what is no gauge.
 * @see https://docs.datadoghq.com/dashboards/guide/how-weighted-works/
 */
function fullCountSql({ intervalMs }: FrameGrid): string {
  return `if(kind = 'gauge' AND interval_s > 0, ${intervalMs / 1000} / interval_s, 0)`
}

/**
 * What each value of a series is multiplied by. `as_count` makes of a rate what was counted, `as_rate` of either so many a
 * second: when added up, over an interval that is at least as long as the time between two points.
 * @see https://docs.datadoghq.com/metrics/type_modifiers/
 */
function factorSql({ as, rollup }: MetricQuery, { intervalMs }: FrameGrid): string {
  const spacing = 'greatest(interval_s, 1)'
  if (as === undefined) return '1'
  if (as === 'count') return `if(kind = 'rate', ${spacing}, 1)`
  if ((rollup?.method ?? 'sum') !== 'sum') return `if(kind = 'count', 1 / ${spacing}, 1)`
  const counted = `if(kind = 'rate', ${spacing}, 1)`
  return `if(kind = 'gauge', 1, ${counted} / greatest(${intervalMs / 1000}, ${spacing}))`
}
