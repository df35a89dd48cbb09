import type { Expression, MetricQuery } from '../metric-language/expression.ts'
import { groupKeys } from '../metric-language/group-keys.ts'
import { listQueries } from '../metric-language/list-queries.ts'
import { QuestionError } from '../question-error.ts'
import { rememberFetches, type FormulasRequest } from './ask-formulas.ts'
import { evaluate } from './evaluate.ts'
import type { Frame, FrameGrid } from './frame.ts'
import { figureOf } from './functions/figure-of.ts'
import type { MetricReader } from './metric-reader.ts'
import { readFormula, readNamedQueries, type NamedQuery } from './named-queries.ts'

/** How the time of a series becomes one number; `percentile` asks the query for all of it at once. */
export const reducers = [
  'avg',
  'min',
  'max',
  'sum',
  'last',
  'percentile',
  'mean',
  'l2norm',
  'area',
] as const

export type Reducer = (typeof reducers)[number]

export interface ScalarsRequest extends FormulasRequest {
  readonly queries: readonly (NamedQuery & { readonly reducer: Reducer })[]
}

/**
 * Answers formulas over queries whose series are one number each, all of the time together: each with a frame of one
 * interval.
 * @throws {QuestionError} `invalid`, with the place in the formula or query that is at fault, `too-large`, `busy` or
 *   `failed`.
 */
export async function askScalars(
  reader: MetricReader,
  { queries, formulas, asked }: ScalarsRequest,
): Promise<readonly Frame[]> {
  const named = readNamedQueries(queries)
  const grid = await reader.chooseGrid([...named.values()].flatMap(listQueries), asked)
  const whole = wholeOf(grid)
  const fetch = rememberFetches(reader)
  const reduced = new Map<MetricQuery, Frame>()
  const standIns = new Map<string, MetricQuery>()
  for (const [place, [name, expression]] of [...named].entries()) {
    const reducer = queries[place]?.reducer ?? 'avg'
    const isWhole = reducer === 'percentile'
    const frame = await evaluate(expression, { grid: isWhole ? whole : grid, fetch })
    const standIn = toStandIn(name, expression)
    standIns.set(name, standIn)
    reduced.set(standIn, { ...reduceFrame(frame, reducer), ...whole })
  }
  if (formulas.length === 0) return [...reduced.values()]
  const frames: Frame[] = []
  for (const formula of formulas.map((text) => readFormula(text, standIns))) {
    frames.push(
      await evaluate(formula, {
        grid: whole,
        fetch: async (query, needed) => {
          const frame = reduced.get(query)
          if (frame === undefined) return fetch(query, needed)
          checkTime(query, needed, whole)
          return frame
        },
      }),
    )
  }
  return frames
}

/** A grid as one interval. */
function wholeOf({ startMs, intervalMs, length }: FrameGrid): FrameGrid {
  return { startMs, intervalMs: intervalMs * length, length: 1 }
}

/** What a formula has in the place of a query that is answered already. */
function toStandIn(name: string, expression: Expression): MetricQuery {
  return {
    kind: 'query',
    place: expression.place,
    aggregator: 'avg',
    metric: name,
    filter: { kind: 'all' },
    scopeText: '*',
    groupBy: groupKeys(expression),
  }
}

function reduceFrame(frame: Frame, reducer: Reducer): Frame {
  const series = frame.series.map((one) => ({
    ...one,
    values: Float64Array.of(figureOf(one.values, reducer, frame.intervalMs / 1000)),
  }))
  return { ...frame, series }
}

function checkTime({ metric }: MetricQuery, needed: FrameGrid, whole: FrameGrid): void {
  if (needed.startMs === whole.startMs && needed.length === whole.length) return
  throw new QuestionError(
    'invalid',
    `Cannot answer the formula: a function in it needs ${metric} at several times, and it is one number; put the function into the query`,
  )
}
