import type { MetricQuery } from '../../metric-language/expression.ts'
import { parseExpressions } from '../../metric-language/parse-expressions.ts'
import { evaluate } from '../evaluate.ts'
import type { Frame, FrameGrid } from '../frame.ts'

export type Value = number | null

/** A series in intervals of ten seconds. */
export interface LiteralSeries {
  readonly metric: string
  readonly groups?: readonly (readonly [key: string, value: string])[]
  /** What it has before the time that is asked for, the newest last. */
  readonly before?: readonly Value[]
  /** What it has in it. */
  readonly values: readonly Value[]
}

/** Ten seconds each, from a whole day on. */
export const literalGrid: FrameGrid = { startMs: 86_400_000_000, intervalMs: 10_000, length: 6 }

/** For tests: what a query comes to on six intervals of these series. */
export async function evaluateLiterally(
  text: string,
  series: readonly LiteralSeries[],
): Promise<Frame> {
  const [expression] = parseExpressions(text)
  if (expression === undefined) throw new TypeError('Cannot evaluate nothing')
  const fetch = async (query: MetricQuery, grid: FrameGrid): Promise<Frame> =>
    frameOf(series, query, grid)
  return evaluate(expression, { grid: literalGrid, fetch })
}

/** For tests: the values of each series of a frame, null where there is none. */
export function valuesOf({ series }: Frame): readonly (readonly Value[])[] {
  return series.map(({ values }) => Array.from(values, (one) => (Number.isNaN(one) ? null : one)))
}

/** For tests: what these series have for a query on a grid. */
export function frameOf(
  series: readonly LiteralSeries[],
  query: MetricQuery,
  grid: FrameGrid,
): Frame {
  const found = series.filter(({ metric }) => metric === query.metric)
  return {
    ...grid,
    notes: [],
    series: found.map((one) => ({ ...describe(query, one), values: cut(one, grid) })),
  }
}

function describe(
  query: MetricQuery,
  { groups = [] }: LiteralSeries,
): Omit<Frame['series'][number], 'values'> {
  const { metric, aggregator, scopeText } = query
  const tags = groups.map((tag) => tag.join(':'))
  const expression = `${aggregator}:${metric}{${tags.join() || scopeText}}`
  return { metric, aggregator, scopeText, expression, groups }
}

function cut({ before = [], values }: LiteralSeries, grid: FrameGrid): Float64Array {
  const all = [...before, ...values]
  const first = (grid.startMs - literalGrid.startMs) / grid.intervalMs + before.length
  return Float64Array.from({ length: grid.length }, (_zero, n) => all[first + n] ?? Number.NaN)
}
