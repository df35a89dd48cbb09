import type uPlot from 'uplot'

import { clockText, dateTimeText } from '../units/clock.ts'
import type { HistoryDrawing } from './use-history-plot.ts'

/** An event is named when the pointer is so near to it. */
const eventReachPx = 5
const dayS = 86_400

/** Writes time, values and event at the pointer into a chart's figure; without a pointer, each line's newest value. */
export function writePointed(
  chart: uPlot,
  { props, scales, columns }: HistoryDrawing,
  figure: HTMLElement,
): void {
  const { lines, span } = props
  const { idx } = chart.cursor
  const textOf = (line: number): string => {
    const unit = lines[line]?.curve.unit ?? ''
    return scales.get(unit)?.text(valueAt(columns.values[line] ?? [], idx)) ?? ''
  }
  for (const output of figure.querySelectorAll('output')) {
    output.textContent = textOf(Number(output.dataset['line']))
  }
  const timeS = typeof idx === 'number' ? columns.timesS[idx] : undefined
  const clock = span.toS - span.fromS > dayS ? dateTimeText : clockText
  write(figure, '.chart-time', timeS === undefined ? '' : clock(timeS * 1000))
  const { nearest = '' } = figure.dataset
  const near = timeS === undefined || nearest === '' ? undefined : lines[Number(nearest)]
  const text = near && `${near.label} ${textOf(Number(nearest))}`
  write(figure, '.chart-pointed', eventTitle(chart, props.events ?? []) ?? text ?? '')
}

function write(figure: HTMLElement, selector: string, text: string): void {
  const place = figure.querySelector(selector)
  if (place && place.textContent !== text) place.textContent = text
}

function eventTitle(
  chart: uPlot,
  events: HistoryDrawing['props']['events'] & object,
): string | undefined {
  const { left } = chart.cursor
  if (left === undefined || left < 0) return undefined
  const near = (timeMs: number): boolean =>
    Math.abs(chart.valToPos(timeMs / 1000, 'x') - left) <= eventReachPx
  return events.find(({ timeMs }) => near(timeMs))?.title
}

/** What a line has at a place, or last had before it where only others have a value; the newest without a place. */
function valueAt(
  column: readonly (number | null | undefined)[],
  place: number | null | undefined,
): number | undefined {
  let index = place ?? column.length - 1
  while (index > 0 && column[index] === undefined) index -= 1
  return column[index] ?? undefined
}
