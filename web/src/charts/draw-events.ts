import type uPlot from 'uplot'

import { gravestLast, type ChartEvent } from './chart-event.ts'
import { markColour, strokeDashed } from './draw-marker.ts'
import { currentPalette } from './palette.ts'

/** Half the width of the sign at the top of a mark. */
const signPx = 4
const quietOpacity = 0.7

/**
 * Draws a dashed line from top to bottom at the time of each event within the chart, with a sign at its top that tells its
 * state without colour: a ring is neutral, a circle good, a diamond a warning, a square critical.
 */
export function drawEvents(chart: uPlot, events: readonly ChartEvent[]): void {
  const { min = 0, max = 0 } = chart.scales['x'] ?? {}
  const { ctx, bbox } = chart
  ctx.save()
  // What is drawn last is seen best.
  for (const { timeMs, state } of gravestLast(events)) {
    if (timeMs < min * 1000 || timeMs > max * 1000) continue
    const x = Math.round(chart.valToPos(timeMs / 1000, 'x', true))
    ctx.globalAlpha = state === 'none' ? quietOpacity : 1
    strokeDashed(chart, markColour(state), [x, bbox.top, x, bbox.top + bbox.height])
    drawSign(ctx, state, [x, bbox.top])
  }
  ctx.restore()
}

function drawSign(
  ctx: CanvasRenderingContext2D,
  state: ChartEvent['state'],
  [x, y]: readonly [number, number],
): void {
  const size = signPx * devicePixelRatio
  ctx.setLineDash([])
  ctx.beginPath()
  if (state === 'critical') ctx.rect(x - size, y - size, 2 * size, 2 * size)
  else if (state === 'warning') tracePolygon(ctx, [x, y], size * 1.3)
  else ctx.arc(x, y, size, 0, 2 * Math.PI)
  ctx.fillStyle = state === 'none' ? currentPalette().panel : markColour(state)
  ctx.fill()
  if (state !== 'none') return
  ctx.lineWidth = 1.5 * devicePixelRatio
  ctx.strokeStyle = markColour(state)
  ctx.stroke()
}

function tracePolygon(
  ctx: CanvasRenderingContext2D,
  [x, y]: readonly [number, number],
  size: number,
): void {
  ctx.moveTo(x, y - size)
  ctx.lineTo(x + size, y)
  ctx.lineTo(x, y + size)
  ctx.lineTo(x - size, y)
  ctx.closePath()
}
