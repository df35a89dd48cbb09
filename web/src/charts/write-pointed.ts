import type uPlot from 'uplot'

import { say } from '../messages/charts.ts'
import { clockText, dateTimeText } from '../units/clock.ts'
import { cursorTimeS, pointedRow, valueAtRow } from './plot-cursor.ts'
import { areSeen, type Cell } from './stack-columns.ts'
import type { HistoryDrawing } from './use-history-plot.ts'
import { withoutText } from './without-text.ts'

/** More than so many values are not listened to. */
const mostDescribed = 8
const dayS = 86_400
/** The newest values of two lines are not stored in the same moment. */
const newestS = 60

/** Writes time and values at the pointer into a chart's figure; without a pointer, each line's newest value. */
export function writePointed(chart: uPlot, drawing: HistoryDrawing, figure: HTMLElement): void {
  for (const output of figure.querySelectorAll('output')) {
    output.textContent = textAt(drawing, Number(output.dataset['line']), chart)
  }
  write(figure, '.chart-time', timeTextAt(drawing, chart))
  const isPartial = areSeen(drawing.columns.partialS, drawing.props.span)
  write(figure, '.chart-partial', isPartial ? say('chart.partial') : '')
  const { nearest = '' } = figure.dataset
  const isPointed = pointedRow(chart) !== undefined && nearest !== ''
  const near = isPointed ? drawing.props.lines[Number(nearest)] : undefined
  const text = near && `${near.label} ${textAt(drawing, Number(nearest), chart)}`
  write(figure, '.chart-pointed', text ?? '')
}

/** Time and values at the cursor in words. */
export function describePointed(chart: uPlot, drawing: HistoryDrawing): string {
  const values = drawing.props.lines
    .slice(0, mostDescribed)
    .map(({ label }, line) => `${label} ${textAt(drawing, line, chart)}`)
  return [timeTextAt(drawing, chart), ...values].join(', ')
}

/** The value of a line at the cursor, or its newest. */
function textAt(
  { props: { lines }, scales, columns }: HistoryDrawing,
  line: number,
  chart: uPlot,
): string {
  const row = pointedRow(chart)
  const column = columns.values[line] ?? []
  const value = row === undefined ? newestValue(columns.timesS, column) : valueAtRow(column, row)
  if (value === undefined && row !== undefined) return say('chart.noReading')
  return scales.get(lines[line]?.curve.unit ?? '')?.text(value) ?? ''
}

/** The newest value of a column, unless it ended while others went on. */
function newestValue(timesS: readonly number[], column: readonly Cell[]): number | undefined {
  const row = column.findLastIndex((value) => typeof value === 'number')
  const ageS = (timesS.at(-1) ?? 0) - (timesS[row] ?? 0)
  return ageS <= newestS ? (column[row] ?? undefined) : undefined
}

/** The time at the cursor; empty where there is no cursor. */
function timeTextAt(
  { props: { span, lines, isStacked }, columns, unfinishedS }: HistoryDrawing,
  chart: uPlot,
): string {
  const row = pointedRow(chart)
  if (row === undefined) return ''
  const timeS = row === 'gap' ? (cursorTimeS(chart) ?? 0) : (columns.timesS[row] ?? 0)
  const clock = span.toS - span.fromS > dayS ? dateTimeText : clockText
  const time = clock(timeS * 1000)
  if (unfinishedS !== undefined && timeS >= unfinishedS) return say('chart.soFar', { time })
  if (isStacked !== true || row === 'gap') return time
  const parts = lines.map(({ label }, line) => ({ label, column: columns.values[line] ?? [] }))
  return withoutText(time, row, parts)
}

function write(figure: HTMLElement, selector: string, text: string): void {
  const place = figure.querySelector(selector)
  if (place && place.textContent !== text) place.textContent = text
}
