import type { QuerySeries } from '../../../src/api/contract/query.ts'
import type { Span } from '../data/history.ts'
import { ratioOf } from './time-window.ts'

/** The room a curve is drawn in: any, as it is stretched over the bar. */
export const curveSize = { width: 1000, height: 100 } as const

/** Room above the highest point. */
const topShare = 0.12

/** The area below a curve over a span, as an SVG path from zero to its own highest value; where nothing was stored is a gap. */
export function curvePath(series: Pick<QuerySeries, 'pointlist' | 'interval'>, span: Span): string {
  const { pointlist, interval } = series
  const { width, height } = curveSize
  const highest = pointlist.reduce((most, [, value]) => Math.max(most, value ?? 0), 0) || 1
  const toX = (second: number): string => (ratioOf(second, span) * width).toFixed(1)
  const toY = (value: number): string =>
    (height - (Math.max(0, value) / highest) * height * (1 - topShare)).toFixed(1)
  let path = ''
  let lastS: number | undefined
  for (const [timeMs, value] of pointlist) {
    const second = timeMs / 1000
    if (value === null || second + interval <= span.fromS || second >= span.toS) continue
    const isJoined = lastS !== undefined && second - lastS <= interval * 1.5
    if (!isJoined && lastS !== undefined) path += `H${toX(lastS + interval)}V${height}Z`
    path += isJoined ? `L${toX(second)} ${toY(value)}` : `M${toX(second)} ${height}V${toY(value)}`
    lastS = second
  }
  return lastS === undefined ? '' : `${path}H${toX(lastS + interval)}V${height}Z`
}
