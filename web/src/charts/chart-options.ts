import type uPlot from 'uplot'

import type { ChartEvent } from './chart-event.ts'
import { drawEvents } from './draw-events.ts'
import { drawMarker } from './draw-marker.ts'
import { drawPartial, drawUnfinished } from './draw-unfinished.ts'
import { lonelyPoints } from './lonely-points.ts'
import { currentPalette } from './palette.ts'
import { cursor, timeAxis, valueAxis, zoomToSelection, type OnZoom } from './plot-parts.ts'
import type { partialSpans } from './stack-columns.ts'

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
  /** Whether lines stand on top of each other, the last at the ground. */
  readonly isStacked?: boolean
}

/** What a chart asks while it is drawn, and what it tells. */
export interface ChartHooks {
  readonly window: () => { readonly fromS: number; readonly toS: number }
  readonly events: () => readonly ChartEvent[]
  /** For how many seconds around it a reading stands. */
  readonly reachS: () => number
  /** From when on what is drawn is not over. */
  readonly unfinishedS: () => number | undefined
  /** From where to where a stack is less than its whole. */
  readonly partialS: () => ReturnType<typeof partialSpans>
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
    series: [{}, ...look.lines.map((_line, index) => lineStyle(index, look.isStacked === true))],
    axes: [
      timeAxis(),
      {
        ...valueAxis(look.axisText),
        ...(look.steps !== 'round' && { incrs: [...axisSteps[look.steps]] }),
      },
    ],
    cursor: cursor(hooks.reachS),
    hooks: {
      setCursor: [hooks.onCursor],
      setSelect: [(chart) => zoomToSelection(chart, hooks.onZoom)],
      draw: [
        (chart) => {
          drawUnfinished(chart, hooks.unfinishedS())
          drawPartial(chart, hooks.partialS())
          drawLimit(chart, look.limit)
          drawEvents(chart, hooks.events())
        },
      ],
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

function lineStyle(index: number, isStacked: boolean): uPlot.Series {
  const { series, panel } = currentPalette()
  const colour = series[index % series.length] ?? 'currentColor'
  // What is stacked covers what it stands before; of other lines only the first is filled, and lets the grid shine through.
  const [share, ground] = isStacked ? [55, panel] : [14, 'transparent']
  return {
    stroke: colour,
    width: index === 0 ? 1.75 : 1.25,
    spanGaps: false,
    points: { show: true, size: 4, filter: lonelyPoints },
    ...((isStacked || index === 0) && {
      fill: `color-mix(in srgb, ${colour} ${share}%, ${ground})`,
    }),
  }
}

function drawLimit(chart: uPlot, limit: number | undefined): void {
  if (limit !== undefined) drawMarker(chart, { value: limit, state: 'critical' })
}
