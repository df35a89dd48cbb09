import type { SqlParameters } from '../sql-parameters.ts'
import type { FrameGrid } from './frame.ts'
import { seriesCondition, type SeriesSelection } from './selected-series-sql.ts'
import type { TierRange } from './tier-ranges.ts'

/** What the rows of one interval are added up to: coarse tables have columns of these names, a raw point is each. */
export type Summand = 'count' | 'sum' | 'min' | 'max' | 'last'

/** Which rows are read. */
export interface TableRows {
  readonly selection: SeriesSelection
  /**
   * Whether there are so many series that those of the groups that are answered are found first. It costs as much as
   * reading the points of some hundred series.
   */
  readonly isCrowded: boolean
  readonly grid: FrameGrid
  readonly ranges: readonly TierRange[]
}

/**
 * Intervals of a grid that are handled together as one array: a row for each single one would cost four times as much, and
 * arrays as long as the grid too much memory where series live short.
 */
export function blockLength({ length }: FrameGrid): number {
  return Math.min(length, 64)
}

/**
 * One row for each series and block of the grid that has anything: `id`, `block`, and for each summand an
 * array named after it (`sum_of`, …), with 0 where an interval has nothing.
 */
export function blocksSql(
  rows: TableRows,
  summands: readonly Summand[],
  parameters: SqlParameters,
): string {
  const { grid } = rows
  const length = blockLength(grid)
  const arrays = summands.map((summand) => {
    const [name, values] = added[summand]
    return `${name}Resample(0, ${length}, 1)(${values}, place % ${length}) AS ${summand}_of`
  })
  const columns = (range: TierRange): readonly string[] => [
    ...summands.map((summand) => columnOf(summand, range)),
    ...(summands.includes('last') ? ['toDateTime64(time, 3) AS moment'] : []),
  ]
  return `
    SELECT id, intDiv(place, ${length}) AS block, ${arrays.join(', ')}
    FROM (${rowsSql(rows, columns, parameters)})
    GROUP BY id, block`
}

const added: Readonly<Record<Summand, readonly [name: string, values: string]>> = {
  count: ['sum', 'count'],
  sum: ['sum', 'sum'],
  min: ['min', 'min'],
  max: ['max', 'max'],
  last: ['argMax', 'last, moment'],
}

function columnOf(summand: Summand, { table }: TierRange): string {
  if (table !== 'points_1s') return summand
  return summand === 'count' ? '1 AS count' : `value AS ${summand}`
}

/**
 * Rows of the series that are meant, or of more of the same metric, with `id`, the `place` of their interval in the grid, and
 * `columns`. What tells rows apart is looked at before they replace one another (`PREWHERE`), so that `FINAL` has nothing
 * else to compare.
 */
export function rowsSql(
  { selection, isCrowded, grid, ranges }: TableRows,
  columns: (range: TierRange) => readonly string[],
  parameters: SqlParameters,
): string {
  const { startMs, intervalMs } = grid
  const place = `toUInt32(intDiv(toUnixTimestamp64Milli(toDateTime64(time, 3)) - ${startMs}, ${intervalMs})) AS place`
  const conditions = [
    `metric = ${parameters.text(selection.metric)}`,
    ...idConditions(selection, isCrowded, parameters),
  ]
  const ofRange = (range: TierRange): string => `
      SELECT ${['id', place, ...columns(range)].join(', ')}
      FROM vigie.${range.table} FINAL
      PREWHERE time >= fromUnixTimestamp64Milli(${range.fromMs}, 'UTC')
        AND time < fromUnixTimestamp64Milli(${range.toMs}, 'UTC')
        AND ${conditions.join(' AND ')}`
  return ranges.map(ofRange).join(' UNION ALL ')
}

function idConditions(
  selection: SeriesSelection,
  isCrowded: boolean,
  parameters: SqlParameters,
): readonly string[] {
  // On a cluster the place of a group follows from the series of all shards (`GLOBAL`).
  if (isCrowded) return ['id GLOBAL IN (SELECT id FROM selected)']
  if (selection.filter.kind === 'all') return []
  return [
    `id GLOBAL IN (SELECT id FROM vigie.series WHERE ${seriesCondition(selection, parameters)})`,
  ]
}
