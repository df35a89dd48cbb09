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

const smallestDragPx = 6
const labelFont = '11px sans-serif'

/** The axis of time below a chart. */
export function timeAxis(): uPlot.Axis {
  return {
    ...axisStyle(),
    grid: { show: false },
    size: 26,
    gap: 8,
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

/**
 * A line at the pointer's time; dragging it selects a span. `steerPlot` moves the lines of all charts together.
 * @param reachS For how many seconds around it a reading stands; a pointer further away is at none.
 */
export function cursor(reachS: () => number): uPlot.Cursor {
  return {
    drag: { x: true, y: false, setScale: false },
    points: { size: 7 },
    y: false,
    dataIdx(...[chart, , index, timeS]) {
      const readS = chart.data[0][index] ?? Number.NaN
      return Math.abs(readS - timeS) <= reachS() ? index : null
    },
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
