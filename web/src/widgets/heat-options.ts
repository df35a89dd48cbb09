import type uPlot from 'uplot'

import type { ChartEvent } from '../charts/chart-event.ts'
import { drawEvents } from '../charts/draw-events.ts'
import { drawUnfinished } from '../charts/draw-unfinished.ts'
import { currentPalette } from '../charts/palette.ts'
import {
  binarySteps,
  cursor,
  timeAxis,
  valueAxis,
  zoomToSelection,
  type OnZoom,
} from '../charts/plot-parts.ts'
import type { Span } from '../data/history.ts'
import type { UnitScale } from '../units/metric-unit.ts'
import type { Heat } from './heat-cells.ts'

/** A place of a heat map: time in Unix seconds, and a value where the pointer is over the map itself. */
export interface HeatPoint {
  readonly timeS: number
  readonly value: number | undefined
}

/** What a heat map asks while it is drawn, and what it tells. */
export interface HeatHooks {
  readonly drawn: () => { readonly heat: Heat; readonly scale: UnitScale; readonly span: Span }
  /** What is at the pointer; nothing when it is elsewhere. */
  readonly onPoint: (point: HeatPoint | undefined) => void
  readonly events: () => readonly ChartEvent[]
  readonly unfinishedS: () => number | undefined
  readonly onZoom: OnZoom
}

/** A single series can be seen, too. */
const faintest = 0.15

/** How uPlot is to draw a heat map: axes and cursor are its own, the cells are drawn between. */
export function heatOptions(
  hooks: HeatHooks,
  size: { readonly width: number; readonly height: number },
): uPlot.Options {
  return {
    ...size,
    legend: { show: false },
    padding: [8, 20, 0, 0],
    scales: {
      x: { time: true, range: () => [hooks.drawn().span.fromS, hooks.drawn().span.toS] },
      y: { range: () => valueRange(hooks.drawn().heat) },
    },
    series: [{}, { points: { show: false } }],
    axes: [
      timeAxis(),
      {
        ...valueAxis((value) => hooks.drawn().scale.axisText(value)),
        ...(hooks.drawn().scale.isBinary && { incrs: [...binarySteps] }),
      },
    ],
    cursor: { ...cursor(() => hooks.drawn().heat.intervalS), points: { show: false } },
    hooks: {
      drawClear: [(chart) => drawCells(chart, hooks.drawn().heat)],
      draw: [
        (chart) => {
          drawUnfinished(chart, hooks.unfinishedS())
          drawEvents(chart, hooks.events())
        },
      ],
      setCursor: [
        (chart) => {
          const { left = -1, top = -1 } = chart.cursor
          const value = top < 0 ? undefined : chart.posToVal(top, 'y')
          hooks.onPoint(left < 0 ? undefined : { timeS: chart.posToVal(left, 'x'), value })
        },
      ],
      setSelect: [(chart) => zoomToSelection(chart, hooks.onZoom)],
    },
  }
}

function valueRange({ bins }: Heat): uPlot.Range.MinMax {
  const { start, width, count } = bins
  return [start, start + Math.max(1, count) * width]
}

function drawCells(chart: uPlot, { bins, cells, intervalS, mostCount }: Heat): void {
  const { ctx, bbox } = chart
  const [colour = 'currentColor'] = currentPalette().series
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  ctx.fillStyle = colour
  for (const { timeS, bin, count } of cells) {
    const from = bins.start + bin * bins.width
    const left = Math.round(chart.valToPos(timeS, 'x', true))
    const right = Math.round(chart.valToPos(timeS + intervalS, 'x', true))
    const top = Math.round(chart.valToPos(from + bins.width, 'y', true))
    const bottom = Math.round(chart.valToPos(from, 'y', true))
    ctx.globalAlpha = faintest + (1 - faintest) * (count / mostCount)
    ctx.fillRect(left, top, Math.max(1, right - left), Math.max(1, bottom - top))
  }
  ctx.restore()
}
