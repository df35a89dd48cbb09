import { eachSeries } from './each-series.ts'
import type { MetricFunction } from './metric-function.ts'

/**
 * Functions that add up from the first interval that is shown. What is missing adds nothing and stays missing.
 * @see https://docs.datadoghq.com/dashboards/functions/arithmetic/
 */
export const cumulativeFunctions: Readonly<Record<string, MetricFunction>> = {
  cumsum: eachSeries((values, { shownFrom }) => {
    let sum = 0
    return values.map((value, n) => {
      if (Number.isNaN(value) || n < shownFrom) return Number.NaN
      sum += value
      return sum
    })
  }),
  integral: eachSeries(
    (values, { shownFrom, intervalS }) =>
      areaBelow(values.subarray(shownFrom), intervalS, values.length),
    'other',
  ),
}

/**
 * The area below the line through the points, up to each of them, in units of the value times seconds; 0 at the first.
 * The values are those of the last intervals of `length`; before them is nothing.
 */
export function areaBelow(values: Float64Array, intervalS: number, length: number): Float64Array {
  const areas = new Float64Array(length).fill(Number.NaN)
  const first = length - values.length
  let area = 0
  let last: number | undefined
  for (const [n, value] of values.entries()) {
    if (Number.isNaN(value)) continue
    if (last !== undefined) {
      area += ((value + (values[last] ?? 0)) / 2) * (n - last) * intervalS
    }
    areas[first + n] = area
    last = n
  }
  return areas
}
