import type { SeriesQuestion, TimeAggregator } from './series-question.ts'
import { bucketSql, rowsSql, selectedSeriesSql, type SeriesRange } from './series-sql.ts'
import type { SqlParameters } from '../sql-parameters.ts'

/** Bits for what is counted in a bin: 10^12. */
const countBits = 40

/** A question that needs no bins. */
export type SummaryQuestion = SeriesQuestion & { readonly aggregator: TimeAggregator }

/** A run of groups in their order, both ends included. */
export interface GroupRun {
  readonly first: readonly string[]
  readonly last: readonly string[]
  /** Whether bins have to be added up while they are read, since there is no room for all of them side by side. */
  readonly isLarge: boolean
}

/**
 * One row for each group, as `seriesSql` gives it, for what is known exactly of distributions: all values of all series
 * of the group in the interval are taken together. The method of a rollup has no effect on distributions.
 * @see https://docs.datadoghq.com/metrics/faq/rollup-for-distributions-with-percentiles/
 */
export function summarySql(
  question: SummaryQuestion,
  range: SeriesRange,
  parameters: SqlParameters,
): string {
  return `
WITH selected AS (${selectedSeriesSql(question, parameters, 'sketches')})
SELECT groups, arraySort(groupArray(tuple(bucket, value))) AS points
FROM (
  SELECT s.groups AS groups, p.bucket AS bucket, ${summaryValue(question, range.intervalS)} AS value
  FROM (
    SELECT id, ${bucketSql(range)} AS bucket,
      sum(d.count) AS counted, sum(d.sum) AS total, min(d.min) AS least, max(d.max) AS most
    FROM vigie.sketches AS d FINAL
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

/** One row for each group: how many bins lie in the range, and what the values lie between. */
export function groupSizesSql(
  question: SeriesQuestion,
  range: SeriesRange,
  parameters: SqlParameters,
): string {
  return `
WITH selected AS (${selectedSeriesSql(question, parameters, 'sketches')})
SELECT s.groups AS groups, toFloat64(sum(p.bins)) AS bins, min(p.least) AS least, max(p.most) AS most
FROM (
  SELECT id, sum(length(d.keys)) AS bins, min(d.min) AS least, max(d.max) AS most
  FROM vigie.sketches AS d
  WHERE ${rowsSql(question, range, parameters)}
  GROUP BY id
) AS p
INNER JOIN selected AS s ON p.id = s.id
GROUP BY groups
ORDER BY groups
LIMIT ${range.maxGroups}`
}

/** What is asked of one run of groups. */
export interface QuantileRange extends SeriesRange {
  readonly share: number
  readonly groups: GroupRun
}

/**
 * One row for each group, `found` with `[interval, key, count, least, most]` in order of time: the bin that the quantile
 * is in, as `model/sketch/sketch-quantile.ts` finds it once the bins of all series and all times are added up.
 */
export function quantileBinsSql(
  question: SeriesQuestion,
  range: QuantileRange,
  parameters: SqlParameters,
): string {
  const sketches = (columns: string): string => `(
      SELECT s.number AS number, s.groups AS groups, p.* EXCEPT (id)
      FROM (
        SELECT id, ${bucketSql(range)} AS bucket, ${columns}
        FROM vigie.sketches AS d FINAL
        WHERE ${rowsSql(question, range, parameters)}
      ) AS p
      INNER JOIN selected AS s ON p.id = s.id
    )`
  return `
WITH selected AS (
  SELECT id, groups, toUInt32(dense_rank() OVER (ORDER BY groups)) AS number
  FROM (${selectedSeriesSql(question, parameters, 'sketches')})
  WHERE groups >= ${parameters.texts(range.groups.first)} AND groups <= ${parameters.texts(range.groups.last)}
)
SELECT groups, arraySort(groupArray(tuple(bucket, found_key, count, least, most))) AS found
FROM (
  SELECT number, bucket,
    arraySort(all_bins) AS bins,
    arrayCumSum(arrayMap(bin -> bitAnd(bin, ${2 ** countBits - 1}), bins)) AS up_to,
    toFloat64(up_to[-1]) AS count,
    arrayFirstIndex(one -> one > roundBankers(${range.share} * (count - 1)), up_to) AS place,
    toInt32(bitShiftRight(bins[place], ${countBits}) - 32768) AS found_key
  FROM (${range.groups.isLarge ? addedBinsSql(sketches('keys, counts')) : allBinsSql(sketches('keys, counts'))})
) AS b
INNER JOIN (
  SELECT number, any(groups) AS groups, bucket, min(least) AS least, max(most) AS most
  FROM ${sketches('d.min AS least, d.max AS most')}
  GROUP BY number, bucket
) AS m ON b.number = m.number AND b.bucket = m.bucket
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
    SELECT number, bucket,
      groupArrayArray(arrayMap((key, one_count) -> ${packedBin('key', 'one_count')}, keys, counts)) AS all_bins
    FROM ${sketches}
    GROUP BY number, bucket`
}

/** Bins that were added up: of however many sketches, there are no more than lie between the least and the greatest. */
function addedBinsSql(sketches: string): string {
  return `
    SELECT number, bucket, groupArray(${packedBin('key', 'bin_count')}) AS all_bins
    FROM (
      SELECT number, bucket, key, sum(one_count) AS bin_count
      FROM ${sketches}
      ARRAY JOIN keys AS key, counts AS one_count
      GROUP BY number, bucket, key
    )
    GROUP BY number, bucket`
}

function summaryValue({ aggregator, as }: SummaryQuestion, intervalS: number): string {
  const seconds = as === 'rate' ? ` / greatest(${intervalS}, max(s.interval_s), 1)` : ''
  switch (aggregator) {
    case 'avg':
      return 'sum(p.total) / sum(p.counted)'
    case 'sum':
      return `sum(p.total)${seconds}`
    case 'count':
      return `toFloat64(sum(p.counted))${seconds}`
    case 'min':
      return 'min(p.least)'
    case 'max':
      return 'max(p.most)'
  }
}
