import type { Expression, FunctionCall, MetricQuery } from '../metric-language/expression.ts'
import { QuestionError } from '../question-error.ts'
import { combineFrames, type Operand } from './evaluation/combine-frames.ts'
import { fetchKey, planFetches } from './evaluation/plan-fetches.ts'
import { placeInWindow, type TimeWindow } from './evaluation/time-window.ts'
import type { Frame, FrameGrid } from './frame.ts'
import { fillGaps } from './functions/fill-gaps.ts'
import { functionNamed } from './functions/function-table.ts'

export interface Evaluation {
  readonly grid: FrameGrid
  /** What was stored for a query, without gaps filled. */
  readonly fetch: (query: MetricQuery, grid: FrameGrid) => Promise<Frame>
}

/**
 * What an expression comes to on a grid: its series that have a value there. Each query is fetched once, one after the
 * other, and with the earlier time that functions look back on.
 * @throws {QuestionError} `too-large` when a function looks back too far, `invalid` for numbers alone, and what `fetch`
 *   throws.
 */
export async function evaluate(
  expression: Expression,
  { grid, fetch }: Evaluation,
): Promise<Frame> {
  const window = { ...grid, shownFrom: 0 }
  const fetched = new Map<string, Frame>()
  for (const [key, planned] of planFetches(expression, window)) {
    fetched.set(key, await fetch(planned.query, planned.grid))
  }
  const result = compute(expression, window, fetched)
  if (typeof result === 'number') {
    const reason = 'Cannot answer the query: there is no metric in it'
    throw new QuestionError('invalid', reason, { at: expression.place.start })
  }
  const series = result.series.filter(({ values }) => values.some((value) => !Number.isNaN(value)))
  return { ...result, series, notes: [...new Set(result.notes)] }
}

type Fetched = ReadonlyMap<string, Frame>

function compute(expression: Expression, window: TimeWindow, fetched: Fetched): Operand {
  switch (expression.kind) {
    case 'number':
      return expression.value
    case 'query':
      return takeFetched(expression, window, fetched)
    case 'negation':
      return negate(compute(expression.of, window, fetched))
    case 'call':
      return callFunction(expression, window, fetched)
    case 'operation': {
      const left = compute(expression.left, window, fetched)
      return combineFrames(expression.operator, left, compute(expression.right, window, fetched))
    }
  }
}

function takeFetched(query: MetricQuery, window: TimeWindow, fetched: Fetched): Frame {
  const found = fetched.get(fetchKey(query, window))
  if (found === undefined) throw new TypeError('Cannot evaluate a query that was not fetched')
  const frame = placeInWindow(found, window)
  const { fill } = query
  if (fill === undefined) return frame
  const series = frame.series.map((one) => ({
    ...one,
    values: fillGaps(one.values, fill, frame.intervalMs / 1000),
  }))
  return { ...frame, series }
}

function negate(operand: Operand): Operand {
  if (typeof operand === 'number') return -operand
  const series = operand.series.map((one) => ({
    ...one,
    expression: `-${one.expression}`,
    // Taken from 0, a 0 has no sign.
    values: one.values.map((value) => 0 - value),
  }))
  return { ...operand, series }
}

function callFunction(call: FunctionCall, window: TimeWindow, fetched: Fetched): Operand {
  const { reach, apply } = functionNamed(call.name)
  const reached = reach?.(window, call.options) ?? { window }
  const operand = compute(call.of, reached.window, fetched)
  if (typeof operand === 'number') return operand
  const result = apply(operand, { call, shownFrom: reached.window.shownFrom })
  const notes = reached.note === undefined ? result.notes : [...result.notes, reached.note]
  return { ...placeInWindow(result, window), notes }
}
