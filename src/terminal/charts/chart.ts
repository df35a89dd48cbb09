import type { Glyphs } from '../glyphs.ts'
import { textLine, type Line, type Size, type Span } from '../line.ts'

/** What a chart shows. */
export interface Chart {
  readonly title: string
  /** A value a second, the oldest first; undefined where nothing was read. */
  readonly values: readonly (number | undefined)[]
  /** What is read now; undefined where nothing is. */
  readonly current: number | undefined
  readonly format: (value: number) => string
  /** What may be used, drawn as the top of the chart when usage comes near it. */
  readonly limit?: number | undefined
}

/** Cells for the numbers beside a chart. */
const axisWidth = 10
const lowestTop = 1

/** How many values a chart of that width shows beside each other. */
export function chartCells(columns: number): number {
  return Math.max(0, columns - axisWidth - 2)
}

/**
 * A chart of columns, the newest at the right, in exactly `size`; a cell shows the highest of the seconds it stands for.
 * A second without a reading is a gap, one with zero a line at the bottom.
 */
export function drawChart(chart: Chart, size: Size, glyphs: Glyphs): readonly Line[] {
  const width = chartCells(size.columns)
  const height = Math.max(1, size.rows - 1)
  const cells = gather(chart.values, width)
  const top = findTop(cells, chart.limit)
  const lines = Array.from({ length: height }, (_, at): Line => {
    const fromBottom = height - 1 - at
    const label = axisLabel({ at, height, top }, chart.format)
    const columns = cells.map((value) => drawCell({ value, top, height, fromBottom }, glyphs))
    const spans: Span[] = [
      { text: `${label.padStart(axisWidth)} `, style: 'dim' },
      { text: glyphs.bar, style: 'dim' },
      { text: columns.join(''), style: 'series' },
    ]
    return { spans }
  })
  return [headLine(chart), ...lines]
}

function headLine({ title, values, current, format, limit }: Chart): Line {
  if (current === undefined && values.every((value) => value === undefined)) {
    return textLine(`${title}  nothing was read`, 'dim')
  }
  const spans: Span[] = [
    { text: title, style: 'strong' },
    { text: `  ${current === undefined ? '-' : format(current)}` },
  ]
  if (limit !== undefined) spans.push({ text: ` of ${format(limit)}`, style: 'dim' })
  return { spans }
}

/** The values in so many cells, the newest in the last. */
function gather(values: readonly (number | undefined)[], width: number): (number | undefined)[] {
  const perCell = Math.max(1, Math.ceil(values.length / Math.max(1, width)))
  return Array.from({ length: width }, (_, cell) => {
    const until = values.length - (width - 1 - cell) * perCell
    const read = values
      .slice(Math.max(0, until - perCell), Math.max(0, until))
      .filter((value) => value !== undefined)
    return read.length === 0 ? undefined : Math.max(...read)
  })
}

/** The highest value, or the limit once more than half of it is used. */
function findTop(cells: readonly (number | undefined)[], limit: number | undefined): number {
  const highest = Math.max(0, ...cells.filter((value) => value !== undefined))
  if (limit !== undefined && highest > limit / 2) return Math.max(limit, highest)
  return Math.max(lowestTop, highest)
}

function axisLabel(
  { at, height, top }: { readonly at: number; readonly height: number; readonly top: number },
  format: (value: number) => string,
): string {
  if (at === 0) return format(top)
  return at === height - 1 ? format(0) : ''
}

interface Cell {
  readonly value: number | undefined
  readonly top: number
  readonly height: number
  readonly fromBottom: number
}

function drawCell({ value, top, height, fromBottom }: Cell, { eighths }: Glyphs): string {
  if (value === undefined) return ' '
  const steps = eighths.length - 1
  const filled = Math.round((value / top) * height * steps) - fromBottom * steps
  // What was read is seen, and be it zero.
  const least = fromBottom === 0 ? 1 : 0
  return eighths[Math.min(steps, Math.max(least, filled))] ?? ' '
}
