import type uPlot from 'uplot'

import type { Marker } from '../../../src/api/contract/dashboards.ts'
import { currentPalette } from './palette.ts'

const bandOpacity = 0.12

/** Draws a dashed line at a value, or a band between two, as far as it lies within the axis. */
export function drawMarker(chart: uPlot, marker: Omit<Marker, 'label'>, scale = 'y'): void {
  const { min = 0, max = 0 } = chart.scales[scale] ?? {}
  const { value, to } = marker
  const [low, high] = to === undefined ? [value, value] : [Math.min(value, to), Math.max(value, to)]
  if (high < min || low > max) return
  const { ctx, bbox } = chart
  const colour = markColour(marker.state)
  const yOf = (at: number): number => Math.round(chart.valToPos(at, scale, true))
  ctx.save()
  if (to !== undefined) {
    const [top, bottom] = [yOf(Math.min(high, max)), yOf(Math.max(low, min))]
    ctx.globalAlpha = bandOpacity
    ctx.fillStyle = colour
    ctx.fillRect(bbox.left, top, bbox.width, bottom - top)
    ctx.globalAlpha = 1
  }
  for (const at of new Set([low, high])) {
    if (at < min || at > max) continue
    strokeDashed(chart, colour, [bbox.left, yOf(at), bbox.left + bbox.width, yOf(at)])
  }
  ctx.restore()
}

/** Draws a dashed line in pixels of the canvas. */
export function strokeDashed(
  { ctx }: uPlot,
  colour: string,
  [fromX, fromY, toX, toY]: readonly [number, number, number, number],
): void {
  ctx.strokeStyle = colour
  ctx.lineWidth = devicePixelRatio
  ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio])
  ctx.beginPath()
  ctx.moveTo(fromX, fromY)
  ctx.lineTo(toX, toY)
  ctx.stroke()
}

/** The colour of a state on a canvas. */
export function markColour(state: Marker['state']): string {
  const { states, axis } = currentPalette()
  return state === 'none' ? axis : states[state]
}
