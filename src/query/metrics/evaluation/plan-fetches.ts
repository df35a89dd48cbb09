import type { Expression, MetricQuery } from '../../metric-language/expression.ts'
import { formatExpression } from '../../metric-language/format-expression.ts'
import type { FrameGrid } from '../frame.ts'
import { functionNamed } from '../functions/function-table.ts'
import type { TimeWindow } from './time-window.ts'

export interface PlannedFetch {
  readonly query: MetricQuery
  readonly grid: FrameGrid
}

/**
 * What has to be fetched to evaluate an expression, by `fetchKey`: each query once for each end of time, as far back as
 * any part of the expression looks.
 * @throws {QuestionError} `too-large` when a part looks back too far.
 */
export function planFetches(
  expression: Expression,
  window: TimeWindow,
): ReadonlyMap<string, PlannedFetch> {
  const fetches = new Map<string, PlannedFetch>()
  for (const planned of listFetches(expression, window)) {
    const key = fetchKey(planned.query, planned.grid)
    const length = fetches.get(key)?.grid.length ?? 0
    if (planned.grid.length > length) fetches.set(key, planned)
  }
  return fetches
}

/** The same for queries that one fetch can answer. */
export function fetchKey(query: MetricQuery, { startMs, intervalMs, length }: FrameGrid): string {
  const { fill: _fill, ...unfilled } = query
  return `${startMs + length * intervalMs} ${formatExpression(unfilled)}`
}

/** Each query as it stands, with the time that is needed of it there. */
function* listFetches(part: Expression, window: TimeWindow): Iterable<PlannedFetch> {
  switch (part.kind) {
    case 'number':
      return
    case 'query': {
      const { startMs, intervalMs, length } = window
      yield { query: part, grid: { startMs, intervalMs, length } }
      return
    }
    case 'negation':
      yield* listFetches(part.of, window)
      return
    case 'operation':
      yield* listFetches(part.left, window)
      yield* listFetches(part.right, window)
      return
    case 'call':
      yield* listFetches(
        part.of,
        functionNamed(part.name).reach?.(window, part.options).window ?? window,
      )
  }
}
