import { datadogUnit, type UnitPair } from './datadog-unit.ts'
import { describeScope } from './describe-scope.ts'
import type { FrameGrid, FrameSeries } from './frame.ts'

/** One line of an answer, in Datadog's names. */
export interface AnsweredSeries {
  readonly metric: string
  readonly display_name: string
  readonly aggr: string
  readonly expression: string
  readonly scope: string
  readonly tag_set: readonly string[]
  /** Which of the expressions asked for it belongs to. */
  readonly query_index: number
  readonly start: number
  readonly end: number
  readonly interval: number
  readonly length: number
  /** `[Unix milliseconds, value]`, one for each interval from the first to the last that holds a point. */
  readonly pointlist: readonly (readonly [number, number | null])[]
  readonly unit: UnitPair
}

/** Puts one series of a frame into Datadog's shape. */
export function describeSeries(
  grid: FrameGrid,
  series: FrameSeries,
  queryIndex: number,
): AnsweredSeries {
  const { metric, aggregator, expression, scopeText, groups, values } = series
  const pointlist = listPoints(grid, values)
  return {
    metric,
    display_name: metric,
    aggr: aggregator,
    expression,
    scope: describeScope(scopeText, groups),
    tag_set: groups.map(([key, value]) => `${key}:${value}`),
    query_index: queryIndex,
    start: pointlist[0]?.[0] ?? 0,
    end: (pointlist.at(-1)?.[0] ?? 0) + grid.intervalMs - 1000,
    interval: grid.intervalMs / 1000,
    length: pointlist.length,
    pointlist,
    unit: datadogUnit(metric),
  }
}

function listPoints(
  { startMs, intervalMs }: FrameGrid,
  values: Float64Array,
): readonly (readonly [number, number | null])[] {
  const first = values.findIndex(hasValue)
  const end = values.findLastIndex(hasValue) + 1
  const points: [number, number | null][] = []
  for (let n = Math.max(0, first); n < end; n += 1) {
    const value = values[n] ?? Number.NaN
    points.push([startMs + n * intervalMs, hasValue(value) ? value : null])
  }
  return points
}

function hasValue(value: number): boolean {
  return !Number.isNaN(value)
}
