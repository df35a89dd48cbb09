import type uPlot from 'uplot'

import { clockText, dayText, minuteText } from '../units/clock.ts'
import { currentPalette } from './palette.ts'

/** One line of a chart. */
export interface ChartLine {
  readonly label: string
}

/** What a chart looks like, apart from its figures. */
export interface ChartLook {
  readonly lines: readonly ChartLine[]
  /** Drawn as a dashed line where the figures come near it. */
  readonly limit: number | undefined
  readonly format: (value: number) => string
  /** The same, as short as it goes, for the axis. */
  readonly axisText: (value: number) => string
  /** What the axis goes up in: powers of two for bytes, whole numbers for things, whatever is round for the rest. */
  readonly steps: 'binary' | 'whole' | 'round'
  /** The scale reaches at least this far, so that idle noise does not look like load. */
  readonly ceiling: number
}

/** What a chart asks while it is drawn, and what it tells. */
export interface ChartHooks {
  readonly window: () => { readonly fromS: number; readonly toS: number }
  readonly onCursor: (chart: uPlot) => void
  readonly onZoom: (fromS: number, toS: number) => void
}

/** Charts with the same key move their cursors together. */
const syncKey = 'container'
/** A limit further away than this many times the highest reading would only press the line flat. */
const limitReach = 10
const smallestDragPx = 6
const axisSteps = {
  binary: Array.from({ length: 50 }, (_, power) => 2 ** power),
  whole: Array.from({ length: 9 }, (_, power) =>
    [1, 2, 5].map((step) => step * 10 ** power),
  ).flat(),
}

/** How uPlot is to draw a chart of that look. */
export function chartOptions(
  look: ChartLook,
  hooks: ChartHooks,
  size: { readonly width: number; readonly height: number },
): uPlot.Options {
  const { axis, grid } = currentPalette()
  const axisStyle = { stroke: axis, font: '11px sans-serif', ticks: { show: false } }
  return {
    ...size,
    legend: { show: false },
    padding: [8, 20, 0, 0],
    scales: {
      x: { time: true, range: () => windowRange(hooks) },
      y: { range: (_chart, _min, max) => [0, scaleTop(max, look)] },
    },
    series: [{}, ...look.lines.map((_line, index) => lineStyle(index))],
    axes: [
      {
        ...axisStyle,
        grid: { show: false },
        size: 24,
        gap: 4,
        space: 84,
        values: timeTexts,
      },
      {
        ...axisStyle,
        grid: { stroke: grid, width: 1 },
        size: 72,
        gap: 6,
        space: 34,
        values: (_chart, splits) => splits.map(look.axisText),
        ...(look.steps !== 'round' && { incrs: [...axisSteps[look.steps]] }),
      },
    ],
    cursor: {
      sync: { key: syncKey, setSeries: false },
      drag: { x: true, y: false, setScale: false },
      points: { size: 7 },
      y: false,
    },
    hooks: {
      setCursor: [hooks.onCursor],
      setSelect: [(chart) => zoomToSelection(chart, hooks.onZoom)],
      draw: [(chart) => drawLimit(chart, look.limit)],
    },
  }
}

function windowRange({ window }: ChartHooks): uPlot.Range.MinMax {
  const { fromS, toS } = window()
  return [fromS, toS]
}

function scaleTop(highest: number | null, { limit, ceiling }: ChartLook): number {
  const top = Math.max(highest ?? 0, ceiling)
  const isLimitNear = limit !== undefined && limit <= top * limitReach
  return (isLimitNear ? Math.max(top, limit) : top) * 1.08
}

function lineStyle(index: number): uPlot.Series {
  const { series } = currentPalette()
  const colour = series[index % series.length] ?? 'currentColor'
  return {
    stroke: colour,
    width: index === 0 ? 1.75 : 1.25,
    points: { show: false },
    spanGaps: false,
    ...(index === 0 && { fill: `color-mix(in srgb, ${colour} 14%, transparent)` }),
  }
}

/** uPlot gives the places of the labels second and the seconds between them fifth. */
function timeTexts(...[, places, , , stepS]: TimeTextParameters): string[] {
  return places.map((timeS) => timeText(timeS, stepS))
}

type TimeTextParameters = Parameters<Extract<uPlot.Axis.Values, (...parameters: never) => unknown>>

function timeText(timeS: number, stepS: number): string {
  if (stepS < 60) return clockText(timeS * 1000)
  return stepS < 86_400 ? minuteText(timeS * 1000) : dayText(timeS * 1000)
}

function zoomToSelection(chart: uPlot, onZoom: ChartHooks['onZoom']): void {
  const { left, width } = chart.select
  if (width === 0) return
  chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
  if (width < smallestDragPx) return
  onZoom(chart.posToVal(left, 'x'), chart.posToVal(left + width, 'x'))
}

function drawLimit(chart: uPlot, limit: number | undefined): void {
  if (limit === undefined || limit > (chart.scales['y']?.max ?? 0)) return
  const { ctx, bbox } = chart
  const y = Math.round(chart.valToPos(limit, 'y', true))
  ctx.save()
  ctx.strokeStyle = currentPalette().limit
  ctx.lineWidth = devicePixelRatio
  ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio])
  ctx.beginPath()
  ctx.moveTo(bbox.left, y)
  ctx.lineTo(bbox.left + bbox.width, y)
  ctx.stroke()
  ctx.restore()
}
