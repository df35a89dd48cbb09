import type uPlot from 'uplot'

import { currentPalette } from './palette.ts'
import type { partialSpans } from './stack-columns.ts'

const veilOpacity = 0.6

/** Lets what is drawn from a time on step back: its interval is not over, and its value will still change. */
export function drawUnfinished(chart: uPlot, fromS: number | undefined): void {
  if (fromS !== undefined) drawVeil(chart, [fromS, Number.POSITIVE_INFINITY])
}

/** Lets a stack step back where parts of it are missing, so that its height is not taken for the whole. */
export function drawPartial(chart: uPlot, spans: ReturnType<typeof partialSpans>): void {
  for (const span of spans) drawVeil(chart, span)
}

function drawVeil(chart: uPlot, [fromS, toS]: readonly [from: number, to: number]): void {
  const { ctx, bbox } = chart
  const end = bbox.left + bbox.width
  const left = Math.max(bbox.left, Math.round(chart.valToPos(fromS, 'x', true)))
  const right = Number.isFinite(toS)
    ? Math.min(end, Math.round(chart.valToPos(toS, 'x', true)))
    : end
  if (left >= right) return
  ctx.save()
  ctx.globalAlpha = veilOpacity
  ctx.fillStyle = currentPalette().panel
  ctx.fillRect(left, bbox.top, right - left, bbox.height)
  ctx.restore()
}
