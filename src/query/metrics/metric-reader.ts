import type { SketchTierStates, TierStates, TierTable } from '../../store/rollups/point-tiers.ts'
import type { MetricQuery } from '../metric-language/expression.ts'
import { QuestionError } from '../question-error.ts'
import { chooseGrid } from './choose-grid.ts'
import { describeScope } from './describe-scope.ts'
import { explainFailure } from './explain-failure.ts'
import { fetchDistribution } from './fetch-distribution.ts'
import type { AskedTime, Frame, FrameGrid, FrameSeries } from './frame.ts'
import { isPercentile } from './percentile.ts'
import { pointsSql } from './points-sql.ts'
import { readGroups, type GroupValues } from './read-groups.ts'
import { readRows } from './read-rows.ts'
import { seriesCondition } from './selected-series-sql.ts'
import { finestStepS, tierRanges } from './tier-ranges.ts'
import type { ReadClient } from '../scope/read-client.ts'

/** Groups of one query that are answered; the rest is left out, and the frame says so. */
export const maxGroups = 1000
/** A slow series does not make all others coarse beyond this. */
const maxNativeS = 60

/** What reading needs of the store. */
export interface MetricStore {
  readonly read: ReadClient
  /** What the tables of points hold now, and those of distributions. */
  readonly tiers: () => TierStates
  readonly sketchTiers: () => SketchTierStates
}

/** Reads metrics from the tables of points and of distributions. */
export interface MetricReader {
  /**
   * One grid for all queries: in the interval that the queries (`.rollup(…)`, the longest) or the one who asks wish, else
   * in up to 600 intervals that are no finer than the series; never finer than what is kept of the time, and with at
   * most 1,500 intervals.
   * @throws {QuestionError} `invalid` when the time ends before it begins.
   */
  readonly chooseGrid: (queries: readonly MetricQuery[], asked: AskedTime) => Promise<FrameGrid>
  /**
   * What was stored for a query, one series for each group, at most 1,000 of them. Nothing is interpolated or filled.
   * @throws {QuestionError} `invalid` for a percentile of what is no distribution, `too-large`, `busy` or `failed`.
   */
  readonly fetch: (query: MetricQuery, grid: FrameGrid) => Promise<Frame>
}

/** Makes a reader of a store. */
export function openMetricReader(store: MetricStore): MetricReader {
  /** What is known of the series of a query, for as long as somebody holds the query: that is a request. */
  const known = new WeakMap<MetricQuery, Promise<SeriesOverview>>()
  const overviewOf = (query: MetricQuery): Promise<SeriesOverview> => {
    const overview = known.get(query) ?? readOverview(store.read, query)
    known.set(query, overview)
    return overview
  }
  return {
    chooseGrid: (queries, asked) =>
      explainFailure(async () => {
        checkTime(asked)
        const overviews = await Promise.all(queries.map(overviewOf))
        const wished = queries.flatMap(({ rollup }) => rollup?.intervalS ?? [])
        return chooseGrid({
          asked,
          nativeS: Math.max(
            1,
            ...overviews.map(({ intervalS }) => Math.min(intervalS, maxNativeS)),
          ),
          keptS: Math.max(
            1,
            ...overviews.map((overview) => keptStepS(store, overview, asked.fromMs)),
          ),
          wishedS: wished.length > 0 ? Math.max(...wished) : undefined,
        })
      }),
    fetch: (query, grid) =>
      explainFailure(async () => {
        const overview = await overviewOf(query)
        checkKind(query, overview)
        const found = await readValues(store, { query, grid, overview })
        return {
          ...grid,
          series: found.slice(0, maxGroups).map((group) => toSeries(query, group)),
          notes: describeRest(query, overview, found.length),
        }
      }),
  }
}

/** How many series of a query there are, with points and as distributions. */
interface SeriesOverview {
  readonly points: number
  readonly sketches: number
  /** The longest time between two of their points; 0 when there are none. */
  readonly intervalS: number
}

async function readOverview(client: ReadClient, query: MetricQuery): Promise<SeriesOverview> {
  const [row] = await readRows<SeriesOverview>(
    client,
    (parameters) => `
SELECT toFloat64(countIf(kind != 'distribution')) AS points, toFloat64(countIf(kind = 'distribution')) AS sketches,
  toFloat64(max(interval_s)) AS intervalS
FROM vigie.series FINAL
WHERE ${seriesCondition(query, parameters)}`,
  )
  return row ?? { points: 0, sketches: 0, intervalS: 0 }
}

function keptStepS(store: MetricStore, overview: SeriesOverview, fromMs: number): number {
  if (overview.sketches > 0) return finestStepS(store.sketchTiers(), fromMs)
  return overview.points > 0 ? finestStepS(store.tiers(), fromMs) : 1
}

function checkTime({ fromMs, toMs, intervalS }: AskedTime): void {
  if (!(Number.isFinite(fromMs) && Number.isFinite(toMs) && fromMs >= 0 && fromMs < toMs)) {
    throw new QuestionError(
      'invalid',
      `Cannot answer for the time from ${fromMs / 1000} to ${toMs / 1000}: from and to are Unix seconds, from before to`,
    )
  }
  if (intervalS !== undefined && !(intervalS >= 1)) {
    throw new QuestionError('invalid', `Cannot answer in steps of ${intervalS} s: 1 s is the least`)
  }
}

function checkKind(query: MetricQuery, { points, sketches }: SeriesOverview): void {
  const { aggregator, metric, place } = query
  if (sketches > 0 || points === 0) return
  if (aggregator !== 'count' && !isPercentile(aggregator)) return
  throw new QuestionError(
    'invalid',
    `Cannot take ${aggregator} of ${metric}: it is no distribution; avg:, min:, max: and sum: can be taken of it`,
    { at: place.start },
  )
}

interface Reading {
  readonly query: MetricQuery
  readonly grid: FrameGrid
  readonly overview: SeriesOverview
}

async function readValues(
  store: MetricStore,
  { query, grid, overview }: Reading,
): Promise<readonly GroupValues[]> {
  if (overview.sketches + overview.points === 0) return []
  const isDistribution = overview.sketches > 0
  const ranges = tierRanges<TierTable>(grid, isDistribution ? store.sketchTiers() : store.tiers())
  if (ranges.length === 0) return []
  const isCrowded = overview.points + overview.sketches > maxGroups
  // One more tells that there are more.
  const rows = { selection: query, isCrowded, grid, ranges, maxGroups: maxGroups + 1 }
  if (isDistribution) return fetchDistribution(store.read, query, rows)
  return readGroups(store.read, (parameters) => pointsSql(query, rows, parameters), grid)
}

function toSeries(query: MetricQuery, { groups, values }: GroupValues): FrameSeries {
  const { metric, aggregator, scopeText, groupBy } = query
  const tags = groupBy.map((key, index): [string, string] => [key, groups[index] ?? ''])
  const expression = `${aggregator}:${metric}{${describeScope(scopeText, tags)}}`
  return { metric, aggregator, scopeText, expression, groups: tags, values }
}

function describeRest(
  { metric }: MetricQuery,
  { points, sketches }: SeriesOverview,
  groupCount: number,
): readonly string[] {
  const notes: string[] = []
  if (groupCount > maxGroups) {
    notes.push(`${metric} has more than ${maxGroups} groups, the first ${maxGroups} are shown`)
  }
  if (points > 0 && sketches > 0) {
    notes.push(`${metric} has come as a distribution and otherwise, the distribution is shown`)
  }
  return notes
}
