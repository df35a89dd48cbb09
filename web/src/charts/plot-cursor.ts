import type uPlot from 'uplot'

import type { Cell } from './stack-columns.ts'

/** Off the chart. */
const nowhere = { left: -10, top: -10 }
/** Over the chart at no height: no line is nearer than others. */
const noHeight = -1000

/** Puts a chart's cursor at a time in Unix seconds; away where there is none, or where the chart does not reach. */
export function putCursor(chart: uPlot, timeS: number | undefined): void {
  const { min, max } = chart.scales['x'] ?? {}
  if (timeS === undefined || min == null || max == null || timeS < min || timeS > max) {
    chart.setCursor(nowhere)
    return
  }
  chart.setCursor({ left: chart.valToPos(timeS, 'x'), top: noHeight })
}

/** The time at a chart's cursor, in Unix seconds; `undefined` while it is nowhere. */
export function cursorTimeS(chart: uPlot): number | undefined {
  const { left = -1 } = chart.cursor
  return left < 0 ? undefined : chart.posToVal(left, 'x')
}

/** The row of data that the cursor is at; `gap` where nothing was read so near, `undefined` while it is nowhere. */
export function pointedRow({ cursor: { idx, idxs } }: uPlot): number | 'gap' | undefined {
  return typeof idx === 'number' ? (idxs?.[0] ?? 'gap') : undefined
}

/** What a column stands at in a row; in the newest without a row. */
export function valueAtRow(
  column: readonly Cell[],
  row: ReturnType<typeof pointedRow>,
): number | undefined {
  return row === 'gap' ? undefined : (column[row ?? column.length - 1] ?? undefined)
}

/** Shows a span between two places as selected; `isDone` tells the chart that it is what the reader wants to see. */
export function selectSpan(
  chart: uPlot,
  [one, other]: readonly [number, number],
  isDone: boolean,
): void {
  const { clientHeight: height } = chart.over
  const left = Math.min(one, other)
  chart.setSelect({ left, top: 0, width: Math.abs(one - other), height }, isDone)
}

/** Takes a selection back. */
export function clearSelection(chart: uPlot): void {
  chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
}
