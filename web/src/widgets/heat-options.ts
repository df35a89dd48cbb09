import type uPlot from 'uplot'

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

/** What a heat map asks while it is drawn, and what it tells. */
export interface HeatHooks {
  readonly drawn: () => { readonly heat: Heat; readonly scale: UnitScale; readonly span: Span }
  /** Time in Unix seconds and value at the pointer; nothing when it is elsewhere. */
  readonly onPoint: (point: { readonly timeS: number; readonly value: number } | undefined) => void
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
    cursor: { ...cursor(), points: { show: false } },
    hooks: {
      drawClear: [(chart) => drawCells(chart, hooks.drawn().heat)],
      setCursor: [
        (chart) => {
          const { left = -1, top = -1 } = chart.cursor
          const point = { timeS: chart.posToVal(left, 'x'), value: chart.posToVal(top, 'y') }
          hooks.onPoint(left < 0 || top < 0 ? undefined : point)
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
