import type uPlot from 'uplot'

import { drawMarker } from './draw-marks.ts'
import { currentPalette } from './palette.ts'
import { cursor, timeAxis, valueAxis, zoomToSelection, type OnZoom } from './plot-parts.ts'

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
  readonly onZoom: OnZoom
}

/** A limit further away than this many times the highest reading would only press the line flat. */
const limitReach = 10
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
      timeAxis(),
      {
        ...valueAxis(look.axisText),
        ...(look.steps !== 'round' && { incrs: [...axisSteps[look.steps]] }),
      },
    ],
    cursor: cursor(),
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

function drawLimit(chart: uPlot, limit: number | undefined): void {
  if (limit !== undefined) drawMarker(chart, { value: limit, state: 'critical' })
}
