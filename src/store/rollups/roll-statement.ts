import { pointTiers, sketchTiers, type TierTable } from './point-tiers.ts'

/** A table that is made of the next finer one. */
export interface Rollup {
  readonly table: TierTable
  readonly from: TierTable
  readonly stepS: number
  /** One expression over `from` for each of its columns behind metric, id and time. */
  readonly columns: Readonly<Record<string, string>>
}

const ofPoints = {
  min: 'min(value)',
  max: 'max(value)',
  sum: 'sum(value)',
  last: 'argMax(value, time)',
  count: 'count()',
}
const ofRollups = {
  min: 'min(min)',
  max: 'max(max)',
  sum: 'sum(sum)',
  last: 'argMax(last, time)',
  count: 'sum(count)',
}
const ofSketches = {
  count: 'sum(count)',
  min: 'min(min)',
  max: 'max(max)',
  sum: 'sum(sum)',
  keys: 'tupleElement(sumMap(keys, counts), 1)',
  counts: 'tupleElement(sumMap(keys, counts), 2)',
}

/** In the order in which they are made. */
export const rollups: readonly Rollup[] = [
  ...chain(pointTiers, (from) => (from === 'points_1s' ? ofPoints : ofRollups)),
  ...chain(sketchTiers, () => ofSketches),
]

/** What is rolled up at once. */
export interface RollRange {
  /** Unix milliseconds, whole minutes; the end is not included. */
  readonly fromMs: number
  readonly toMs: number
  /** Partitions of `rollup_marks`: only series that stand in them; all when absent. */
  readonly marks?: readonly string[]
}

/**
 * Makes the rows of all intervals that end within the range; absent when there are none. It gives the same rows however
 * often it runs.
 */
export function rollStatement(rollup: Rollup, range: RollRange): string | undefined {
  const { table, from, stepS, columns } = rollup
  const stepMs = stepS * 1000
  const fromS = (Math.floor(range.fromMs / stepMs) * stepMs) / 1000
  const toS = (Math.floor(range.toMs / stepMs) * stepMs) / 1000
  if (fromS >= toS) return undefined
  const marks = range.marks?.map((id) => `'${id}'`).join()
  const marked =
    marks === undefined
      ? ''
      : ` AND (metric, id) GLOBAL IN (SELECT metric, id FROM vigie.rollup_marks WHERE _partition_id IN (${marks}))`
  return `INSERT INTO vigie.${table} (metric, id, time, ${Object.keys(columns).join(', ')})
    SELECT metric, id, toStartOfInterval(time, INTERVAL ${stepS} SECOND, 'UTC') AS start, ${Object.values(columns).join(', ')}
    FROM vigie.${from} FINAL
    WHERE time >= toDateTime(${fromS}, 'UTC') AND time < toDateTime(${toS}, 'UTC')${marked}
    GROUP BY metric, id, start`
}

function chain(
  tiers: readonly { readonly table: TierTable; readonly stepS: number }[],
  columnsOf: (from: TierTable) => Rollup['columns'],
): readonly Rollup[] {
  return tiers.slice(1).map((tier, index) => {
    const from = tiers[index]?.table ?? tier.table
    return { ...tier, from, columns: columnsOf(from) }
  })
}
