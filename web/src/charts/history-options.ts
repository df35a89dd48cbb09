import uPlot from 'uplot'

import type { Marker } from '../../../src/api/contract/dashboards.ts'
import type { Span } from '../data/history.ts'
import type { UnitScale } from '../units/metric-unit.ts'
import type { ChartEvent } from './chart-event.ts'
import { drawEvents } from './draw-events.ts'
import { drawMarker } from './draw-marker.ts'
import { drawPartial, drawUnfinished } from './draw-unfinished.ts'
import { lonelyPoints } from './lonely-points.ts'
import { currentPalette, dashOf } from './palette.ts'
import {
  binarySteps,
  cursor,
  timeAxis,
  valueAxis,
  zoomToSelection,
  type OnZoom,
} from './plot-parts.ts'
import type { partialSpans } from './stack-columns.ts'

/** How a line is drawn. */
export type LineDisplay = 'line' | 'area' | 'bars'

/** Bounds and kind of the axis of values; a bound that is absent follows the values. */
export interface HistoryAxis {
  readonly min?: number
  readonly max?: number
  readonly isLog: boolean
}

/** What of a history chart needs drawing anew when it changes. */
export interface HistoryLook {
  readonly lines: readonly {
    /** Place of its colour in the palette. */
    readonly colour: number
    readonly display: LineDisplay
    /** Which of the axes: each unit has one of its own. */
    readonly axis: number
  }[]
  readonly axis: HistoryAxis
  readonly isStacked: boolean
  readonly axisCount: number
}

/** What a history chart asks while it is drawn, and what it tells. */
export interface HistoryHooks {
  readonly span: () => Span
  readonly scales: () => readonly UnitScale[]
  readonly markers: () => readonly Marker[]
  readonly events: () => readonly ChartEvent[]
  /** For how many seconds around it a value stands. */
  readonly reachS: () => number
  /** Seconds of the shortest interval that a value is of. */
  readonly intervalS: () => number
  /** From when on what is drawn is not over. */
  readonly unfinishedS: () => number | undefined
  /** From where to where a stack is less than its whole. */
  readonly partialS: () => ReturnType<typeof partialSpans>
  readonly onCursor: (chart: uPlot) => void
  /** The line that is nearest to the pointer. */
  readonly onNearest: (line: number | undefined) => void
  readonly onZoom: OnZoom
}

/** The pointer is at a line when it is so near. */
const nearPx = 24
const restAlpha = 0.25
const dashes = { solid: [], dashed: [6, 4], dotted: [2, 3] } as const

/** How uPlot is to draw a history of that look. */
export function historyOptions(
  look: HistoryLook,
  hooks: HistoryHooks,
  size: { readonly width: number; readonly height: number },
): uPlot.Options {
  return {
    ...size,
    legend: { show: false },
    padding: [8, look.axisCount > 1 ? 0 : 20, 0, 0],
    scales: { x: { time: true, range: () => spanRange(hooks) }, ...valueScales(look, hooks) },
    series: [{}, ...look.lines.map((line) => lineStyle(line, look, hooks))],
    axes: [timeAxis(), ...valueAxes(look, hooks)],
    cursor: { ...cursor(hooks.reachS), focus: { prox: nearPx } },
    focus: { alpha: restAlpha },
    hooks: {
      setCursor: [hooks.onCursor],
      setSelect: [(chart) => zoomToSelection(chart, hooks.onZoom)],
      setSeries: [(_chart, index) => hooks.onNearest(index === null ? undefined : index - 1)],
      draw: [
        (chart) => {
          drawUnfinished(chart, hooks.unfinishedS())
          drawPartial(chart, hooks.partialS())
          for (const marker of hooks.markers()) drawMarker(chart, marker, scaleName(0))
          drawEvents(chart, hooks.events())
        },
      ],
    },
  }
}

function spanRange({ span }: HistoryHooks): uPlot.Range.MinMax {
  const { fromS, toS } = span()
  return [fromS, toS]
}

function valueScales(look: HistoryLook, hooks: HistoryHooks): uPlot.Scales {
  const { isLog } = look.axis
  return Object.fromEntries(
    Array.from({ length: look.axisCount }, (_, axis) => {
      const base = hooks.scales()[axis]?.isBinary === true ? 2 : 10
      const range: uPlot.Scale.Range = (_chart, low, high) => {
        const marks = axis === 0 ? hooks.markers() : []
        return isLog
          ? logRange({ low, high, base }, look.axis)
          : valueRange({ low, high, marks }, look.axis)
      }
      return [scaleName(axis), { ...(isLog && { distr: 3, log: base }), range }]
    }),
  )
}

/** From zero to a little above the highest value, unless values lie below zero or the axis has bounds of its own. */
function valueRange(
  seen: {
    readonly low: number | null
    readonly high: number | null
    readonly marks: readonly Marker[]
  },
  { min, max }: HistoryAxis,
): uPlot.Range.MinMax {
  const high = Math.max(0, seen.high ?? 0)
  const low = Math.min(0, seen.low ?? 0)
  const reach = Math.max(high, -low) * 3
  const near = seen.marks
    .flatMap(({ value, to }) => (to === undefined ? [value] : [value, to]))
    .filter((value) => Math.abs(value) <= reach)
  const top = Math.max(high, ...near)
  const bottom = Math.min(low, ...near)
  const margin = (top - bottom) * 0.08
  const from = min ?? (bottom < 0 ? bottom - margin : 0)
  const to = max ?? (top > 0 ? top + margin : bottom < 0 ? 0 : 1)
  return to > from ? [from, to] : [from, from + 1]
}

/** Whole powers of the base, for bytes of two. */
function logRange(
  seen: { readonly low: number | null; readonly high: number | null; readonly base: 2 | 10 },
  axis: HistoryAxis,
): uPlot.Range.MinMax {
  const from = axis.min !== undefined && axis.min > 0 ? axis.min : (seen.low ?? 1)
  const to = axis.max ?? seen.high ?? 10
  return uPlot.rangeLog(Math.min(from, to), Math.max(from, to), seen.base, true)
}

function valueAxes(look: HistoryLook, hooks: HistoryHooks): uPlot.Axis[] {
  // There is room for two; further units are read at the pointer. Sides are those of uPlot, which has no names for them.
  // oxlint-disable-next-line typescript/no-unsafe-enum-assignment
  return Array.from({ length: Math.min(2, look.axisCount) }, (_, axis) => {
    const isBinary = hooks.scales()[axis]?.isBinary === true && !look.axis.isLog
    return {
      ...valueAxis((value) => hooks.scales()[axis]?.axisText(value) ?? ''),
      scale: scaleName(axis),
      side: axis === 0 ? 3 : 1,
      ...(axis > 0 && { grid: { show: false } }),
      ...(isBinary && { incrs: [...binarySteps] }),
    }
  })
}

function lineStyle(
  line: HistoryLook['lines'][number],
  look: HistoryLook,
  hooks: HistoryHooks,
): uPlot.Series {
  const { series, panel } = currentPalette()
  const colour = series[line.colour % series.length] ?? 'currentColor'
  const areBars = line.display === 'bars'
  // A stack on the second axis would cover that on the first.
  const isFilled = look.isStacked ? line.axis === 0 : line.display !== 'line'
  const share = areBars ? 75 : look.isStacked ? 55 : 14
  // What is stacked covers what it stands before; all else lets it shine through.
  const ground = look.isStacked ? panel : 'transparent'
  return {
    scale: scaleName(line.axis),
    stroke: colour,
    width: areBars ? 0 : look.lines.length > 20 ? 1 : 1.5,
    dash: [...dashes[dashOf(line.colour)]],
    spanGaps: false,
    points: areBars ? { show: false } : { show: true, size: 4, filter: lonelyPoints },
    ...(isFilled && { fill: `color-mix(in srgb, ${colour} ${share}%, ${ground})` }),
    ...(areBars && { paths: barPaths(hooks) }),
  }
}

/** Bars over the interval each value is of, however few there are. */
function barPaths({ intervalS }: HistoryHooks): uPlot.Series.PathBuilder {
  return (chart, ...rest) => {
    const widthPx = chart.valToPos(intervalS(), 'x') - chart.valToPos(0, 'x')
    const draw = uPlot.paths.bars?.({ size: [0.8, Math.max(1, 0.8 * widthPx)], align: 1 })
    return draw?.(chart, ...rest) ?? null
  }
}

function scaleName(axis: number): string {
  return axis === 0 ? 'y' : `y${axis}`
}
