import type { MetricQuery, SpaceAggregator } from '../metric-language/expression.ts'
import type { SqlParameters } from '../sql-parameters.ts'
import { blocksSql, rowsSql, type Summand, type TableRows } from './blocks-sql.ts'
import type { GroupRows } from './points-sql.ts'
import { selectedSeriesSql } from './selected-series-sql.ts'

/** Bits for what is counted in a bin: 10^12. */
const countBits = 40

type SummaryAggregator = Extract<SpaceAggregator, 'avg' | 'min' | 'max' | 'sum' | 'count'>

/** A query that needs no bins. */
export type SummaryQuery = MetricQuery & { readonly aggregator: SummaryAggregator }

/** A run of groups in their order, both ends included. */
export interface GroupRun {
  readonly first: readonly string[]
  readonly last: readonly string[]
  /** Whether bins have to be added up while they are read, since there is no room for all of them side by side. */
  readonly isLarge: boolean
}

/**
 * Rows as `pointsSql` gives them, for what is known exactly of distributions: all values of all series of the group in the
 * interval are taken together. The method of a rollup has no effect on distributions.
 * @see https://docs.datadoghq.com/metrics/faq/rollup-for-distributions-with-percentiles/
 */
export function summarySql(
  query: SummaryQuery,
  rows: GroupRows,
  parameters: SqlParameters,
): string {
  const { aggregator, as } = query
  const { summands, value } = summaries[aggregator]
  const added = summands.map((summand) => addedSql(summand, as === 'rate'))
  return `
WITH selected AS (
  SELECT id, number, groups,
    greatest(${rows.grid.intervalMs / 1000}, max(interval_s) OVER (PARTITION BY number)) AS seconds
  FROM (${selectedSeriesSql(query, 'sketches', parameters)})
  WHERE number <= ${rows.maxGroups}
)
SELECT any(s.groups), p.block,
  arrayMap((${summands.join(', ')}) -> if(count = 0, nan, ${value}), ${added.join(', ')})
FROM (${blocksSql(rows, summands, parameters)}) AS p
INNER JOIN selected AS s ON p.id = s.id
GROUP BY s.number, p.block
ORDER BY s.number`
}

interface Summary {
  readonly summands: readonly Summand[]
  readonly value: string
}

const summaries: Readonly<Record<SummaryAggregator, Summary>> = {
  avg: { summands: ['count', 'sum'], value: 'sum / count' },
  sum: { summands: ['count', 'sum'], value: 'sum' },
  count: { summands: ['count'], value: 'toFloat64(count)' },
  min: { summands: ['count', 'min'], value: 'assumeNotNull(min)' },
  max: { summands: ['count', 'max'], value: 'assumeNotNull(max)' },
}

/** The summand of all series of a group; sums and counts so many a second, if that is asked for. */
function addedSql(summand: Summand, isRate: boolean): string {
  const values = `p.${summand}_of`
  if (summand !== 'count' && summand !== 'sum') {
    return `${summand}ForEach(arrayMap((one, count) -> if(count = 0, NULL, one), ${values}, p.count_of))`
  }
  return isRate ? `sumForEach(arrayMap(one -> one / seconds, ${values}))` : `sumForEach(${values})`
}

const sizeColumns = ['length(keys) AS bins', 'min', 'max']

/** One row for each group: how many bins lie in the range, and what the values lie between. */
export function groupSizesSql(
  query: MetricQuery,
  rows: GroupRows,
  parameters: SqlParameters,
): string {
  return `
WITH selected AS (${selectedSeriesSql(query, 'sketches', parameters)})
SELECT any(s.groups) AS groups, toFloat64(sum(p.bins)) AS bins, min(p.min) AS least, max(p.max) AS most
FROM (${rowsSql(rows, () => sizeColumns, parameters)}) AS p
INNER JOIN selected AS s ON p.id = s.id
WHERE s.number <= ${rows.maxGroups}
GROUP BY s.number
ORDER BY s.number`
}

/** What is asked of one run of groups. */
export interface QuantileRows extends TableRows {
  readonly share: number
  readonly groups: GroupRun
}

/**
 * One row for each group, `found` with `[interval, key, count, least, most]`: the bin that the quantile is in, as
 * `model/sketch/sketch-quantile.ts` finds it once the bins of all series and all times are added up.
 */
export function quantileBinsSql(
  query: MetricQuery,
  rows: QuantileRows,
  parameters: SqlParameters,
): string {
  const { first, last, isLarge } = rows.groups
  // The same groups in each of the runs are found in the same way: by their names.
  const ofRun = { ...rows, isCrowded: true }
  const sketches = (...columns: readonly string[]): string => `(
      SELECT s.number AS number, s.groups AS groups, p.* EXCEPT (id)
      FROM (${rowsSql(ofRun, () => columns, parameters)}) AS p
      INNER JOIN selected AS s ON p.id = s.id
    )`
  const bins = sketches('keys', 'counts::Array(UInt64) AS counts')
  return `
WITH selected AS (
  SELECT id, groups, number
  FROM (${selectedSeriesSql(query, 'sketches', parameters)})
  WHERE groups >= ${parameters.texts(first)} AND groups <= ${parameters.texts(last)}
)
SELECT groups, groupArray(tuple(place, found_key, count, least, most)) AS found
FROM (
  SELECT number, place,
    arraySort(all_bins) AS bins,
    arrayCumSum(arrayMap(bin -> bitAnd(bin, ${2 ** countBits - 1}), bins)) AS up_to,
    toFloat64(up_to[-1]) AS count,
    arrayFirstIndex(one -> one > roundBankers(${rows.share} * (count - 1)), up_to) AS position,
    toInt32(bitShiftRight(bins[position], ${countBits}) - 32768) AS found_key
  FROM (${isLarge ? addedBinsSql(bins) : allBinsSql(bins)})
) AS b
INNER JOIN (
  SELECT number, any(groups) AS groups, place, min(min) AS least, max(max) AS most
  FROM ${sketches('min', 'max')}
  GROUP BY number, place
) AS m ON b.number = m.number AND b.place = m.place
GROUP BY groups
ORDER BY groups`
}

/** A bin as one number, its key in front, so that sorting numbers sorts bins. */
function packedBin(key: string, count: string): string {
  return `bitOr(bitShiftLeft(toUInt64(${key} + 32768), ${countBits}), toUInt64(${count}))`
}

/** All bins side by side, those with the same key too: three times as fast where few have the same. */
function allBinsSql(sketches: string): string {
  return `
    SELECT number, place,
      groupArrayArray(arrayMap((key, one_count) -> ${packedBin('key', 'one_count')}, keys, counts)) AS all_bins
    FROM ${sketches}
    GROUP BY number, place`
}

/** Bins that were added up: of however many sketches, there are no more than lie between the least and the greatest. */
function addedBinsSql(sketches: string): string {
  return `
    SELECT number, place, groupArray(${packedBin('key', 'bin_count')}) AS all_bins
    FROM (
      SELECT number, place, key, sum(one_count) AS bin_count
      FROM ${sketches}
      ARRAY JOIN keys AS key, counts AS one_count
      GROUP BY number, place, key
    )
    GROUP BY number, place`
}
