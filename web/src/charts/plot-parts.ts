import type uPlot from 'uplot'

import { clockText, dayText, minuteText } from '../units/clock.ts'
import { currentPalette } from './palette.ts'

/** A span that was dragged over, in Unix seconds. */
export type OnZoom = (fromS: number, toS: number) => void

/** What an axis of bytes goes up in, so that its labels are whole. */
export const binarySteps: readonly number[] = Array.from(
  { length: 80 },
  (_, power) => 2 ** (power - 30),
)

/** All charts of a page move their cursors together. */
const syncKey = 'page'
const smallestDragPx = 6
const labelFont = '11px sans-serif'

/** The axis of time below a chart. */
export function timeAxis(): uPlot.Axis {
  return {
    ...axisStyle(),
    grid: { show: false },
    size: 24,
    gap: 4,
    space: 84,
    values: timeTexts,
  }
}

/** An axis of values, its grid drawn. */
export function valueAxis(text: (value: number) => string): uPlot.Axis {
  return {
    ...axisStyle(),
    grid: { stroke: currentPalette().grid, width: 1 },
    size: 72,
    gap: 6,
    space: 34,
    values: (_chart, splits) => splits.map((value) => textOf(value, text)),
  }
}

/** A line through all charts of the page at the pointer's time; dragging it selects a span. */
export function cursor(): uPlot.Cursor {
  return {
    sync: { key: syncKey, setSeries: false },
    drag: { x: true, y: false, setScale: false },
    points: { size: 7 },
    y: false,
  }
}

/** Tells of a span that was dragged over, unless it is so short that a click was meant. */
export function zoomToSelection(chart: uPlot, onZoom: OnZoom): void {
  const { left, width } = chart.select
  if (width === 0) return
  chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
  if (width < smallestDragPx) return
  onZoom(chart.posToVal(left, 'x'), chart.posToVal(left + width, 'x'))
}

/** On a logarithmic axis uPlot gives null, against its types, for places that have a line but no room for a label. */
function textOf(value: number | null, text: (value: number) => string): string {
  return value === null ? '' : text(value)
}

function axisStyle(): uPlot.Axis {
  return { stroke: currentPalette().axis, font: labelFont, ticks: { show: false } }
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
