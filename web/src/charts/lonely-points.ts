import type uPlot from 'uplot'

import type { Cell } from './stack-columns.ts'

/** Values between two gaps, of which no line can be drawn. */
export const lonelyPoints: uPlot.Series.Points.Filter = (chart, line) => {
  // uPlot types the columns as numbers and gaps; what is missing from a column is `undefined`.
  const column: Iterable<Cell> = chart.data[line] ?? []
  const lonely: number[] = []
  let before: Cell = null
  let candidate: number | undefined
  for (const [index, value] of [...column].entries()) {
    if (value === undefined) continue
    if (value === null && candidate !== undefined) lonely.push(candidate)
    candidate = value !== null && before === null ? index : undefined
    before = value
  }
  return candidate === undefined ? lonely : [...lonely, candidate]
}
