import { binValue, quantileRank } from '../../model/sketch/sketch-quantile.ts'
import type { MetricQuery } from '../metric-language/expression.ts'
import { QuestionError } from '../question-error.ts'
import { groupSizesSql, quantileBinsSql, summarySql } from './distribution-sql.ts'
import type { FrameGrid } from './frame.ts'
import { isPercentile, percentileShare } from './percentile.ts'
import { planGroupRuns, type GroupSize } from './plan-group-runs.ts'
import type { GroupRows } from './points-sql.ts'
import { readGroups, type GroupValues } from './read-groups.ts'
import { readRows } from './read-rows.ts'
import type { ReadClient } from '../scope/read-client.ts'

/** The time that all statements of one query may take together. */
const maxMs = 20_000

/**
 * The groups of a query about distributions, at most `rows.maxGroups`.
 * @throws {QuestionError} `too-large` when percentiles take longer than 20 s.
 */
export async function fetchDistribution(
  client: ReadClient,
  query: MetricQuery,
  rows: GroupRows,
): Promise<readonly GroupValues[]> {
  const { aggregator } = query
  if (!isPercentile(aggregator)) {
    const summary = { ...query, aggregator }
    return readGroups(client, (parameters) => summarySql(summary, rows, parameters), rows.grid)
  }
  const share = percentileShare(aggregator)
  const sizes = await readRows<GroupSize>(client, (parameters) =>
    groupSizesSql(query, rows, parameters),
  )
  const { grid } = rows
  const deadlineMs = performance.now() + maxMs
  const answered: GroupValues[] = []
  for (const groups of planGroupRuns(sizes, grid.length)) {
    if (performance.now() > deadlineMs) throw tooLarge()
    const found = await readRows<FoundGroup>(client, (parameters) =>
      quantileBinsSql(query, { ...rows, share, groups }, parameters),
    )
    for (const group of found) answered.push(toValues(group, grid, share))
  }
  return answered
}

interface FoundGroup {
  readonly groups: readonly string[]
  /** `[interval, key, count, least, most]` */
  readonly found: readonly (readonly [number, number, number, number, number])[]
}

function toValues({ groups, found }: FoundGroup, grid: FrameGrid, share: number): GroupValues {
  const values = new Float64Array(grid.length).fill(Number.NaN)
  for (const [place, key, count, min, max] of found) {
    const rank = quantileRank(count, share)
    values[place] = binValue({ key, rank, count }, { min, max })
  }
  return { groups, values }
}

function tooLarge(): QuestionError {
  return new QuestionError(
    'too-large',
    `Cannot answer the query: its percentiles take longer than ${maxMs / 1000} s; name fewer tags or a shorter time`,
  )
}
