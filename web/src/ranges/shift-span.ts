import type { Span } from '../data/history.ts'
import { spanOf, type TimeRange } from './time-range.ts'

/**
 * The span half a window earlier (-1) or later (1); `undefined` where that reaches the present, so that what follows the
 * present says it better.
 */
export function shiftSpan(range: TimeRange, direction: 1 | -1, nowMs: number): Span | undefined {
  const { fromS, toS } = spanOf(range, nowMs)
  const byS = direction * Math.max(1, Math.round((toS - fromS) / 2))
  if (toS + byS > nowMs / 1000) return undefined
  return { fromS: fromS + byS, toS: toS + byS }
}
