import type { History } from '../../charts/chart-data.ts'
import { metricOf, type LineSpec } from './chart-list.ts'

/**
 * The past of a line in the unit it is shown in; `undefined` where nothing was stored. A mean stands at the start of its interval,
 * but not before the container was made.
 * @param bornMs When that was, Unix milliseconds.
 */
export function lineHistory(
  line: Pick<LineSpec, 'query' | 'divisor' | 'isCounter'>,
  past: ReadonlyMap<string, History> | undefined,
  bornMs: number,
): History | undefined {
  const history = past?.get(metricOf(line))
  if (history === undefined) return undefined
  const { divisor = 1, isCounter = false } = line
  const points = isCounter ? growth(history.points) : history.points
  const isBirth = (startMs: number): boolean =>
    startMs < bornMs && bornMs < startMs + history.intervalS * 1000
  return {
    ...history,
    points: points.map(([startMs, value]) => [
      isBirth(startMs) ? bornMs : startMs,
      value === null ? null : value / divisor,
    ]),
  }
}

/** By how much a counter grew up to each point; one that is less than before began anew at zero. */
function growth(points: History['points']): History['points'] {
  let before: number | undefined
  return points.map(([timeMs, value]) => {
    if (value === null) return [timeMs, null]
    const grown = before === undefined ? 0 : value < before ? value : value - before
    before = value
    return [timeMs, grown]
  })
}
