import type uPlot from 'uplot'

import { say } from '../messages/charts.ts'
import { clockText } from '../units/clock.ts'
import type { ChartData } from './chart-data.ts'
import type { ChartLook } from './chart-options.ts'
import { cursorTimeS, pointedRow, valueAtRow } from './plot-cursor.ts'
import { withoutText } from './without-text.ts'

/** What a chart shows, and how. */
interface Shown {
  readonly data: ChartData
  readonly look: ChartLook
}

/** Writes time and values at the cursor into a chart's figure; without a cursor, each line's newest value. */
export function writeValues(
  figure: HTMLElement,
  shown: Shown & { readonly timeText: string; readonly isPartial: boolean },
  chart: uPlot,
): void {
  const time = figure.querySelector('time')
  if (time) time.textContent = shown.timeText
  const note = figure.querySelector('.chart-partial')
  if (note) note.textContent = shown.isPartial ? say('chart.partial') : ''
  figure.querySelectorAll('output').forEach((output, line) => {
    const value = valueAtRow(shown.data.held[line] ?? [], pointedRow(chart))
    output.textContent = value === undefined ? '–' : shown.look.format(value)
  })
}

/** The time at the cursor, and what is to be known of it; empty where there is no cursor. */
export function timeTextOf(
  { data: { timesS, held }, look }: Shown,
  chart: uPlot,
  unfinishedS: number | undefined,
): string {
  const row = pointedRow(chart)
  if (row === undefined) return ''
  const timeS = row === 'gap' ? (cursorTimeS(chart) ?? 0) : (timesS[row] ?? 0)
  const time = clockText(timeS * 1000)
  if (held.every((column) => valueAtRow(column, row) === undefined)) {
    return `${time} ${say('chart.noReading')}`
  }
  if (unfinishedS !== undefined && timeS >= unfinishedS) return say('chart.soFar', { time })
  if (look.isStacked !== true || row === 'gap') return time
  const parts = look.lines.map(({ label }, line) => ({ label, column: held[line] ?? [] }))
  return withoutText(time, row, parts)
}

/** Time and values at the cursor in words. */
export function describeValues(
  shown: Shown,
  chart: uPlot,
  unfinishedS: number | undefined,
): string {
  const values = shown.look.lines.flatMap(({ label }, line) => {
    const value = valueAtRow(shown.data.held[line] ?? [], pointedRow(chart))
    return value === undefined ? [] : `${label} ${shown.look.format(value)}`
  })
  return [timeTextOf(shown, chart, unfinishedS), ...values].join(', ')
}
