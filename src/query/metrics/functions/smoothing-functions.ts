import { ewmaSpans, medianSpans } from '../../metric-language/function-signatures.ts'
import { lookBack } from '../evaluation/time-window.ts'
import { eachSeries } from './each-series.ts'
import type { MetricFunction } from './metric-function.ts'

/** After so many spans less than 0.05 % of an average is left of what was before. */
const ewmaReach = 4

/**
 * `ewma_3()` and so on: exponentially weighted moving averages, the newest value weighing 2 / (span + 1). `median_3()` and
 * so on: the median of the last intervals, of those that have a value. A point that is missing stays missing.
 * @see https://docs.datadoghq.com/dashboards/functions/smoothing/
 */
export const smoothingFunctions: Readonly<Record<string, MetricFunction>> = Object.fromEntries([
  ...ewmaSpans.map((span) => [
    `ewma_${span}`,
    {
      ...eachSeries((values) => averageExponentially(values, 2 / (span + 1))),
      reach: (window) => ({ window: lookBack(window, ewmaReach * span) }),
    } satisfies MetricFunction,
  ]),
  ...medianSpans.map((span) => [
    `median_${span}`,
    {
      ...eachSeries((values) => takeMedians(values, span)),
      reach: (window) => ({ window: lookBack(window, span - 1) }),
    } satisfies MetricFunction,
  ]),
])

function averageExponentially(values: Float64Array, weight: number): Float64Array {
  let average: number | undefined
  return values.map((value) => {
    if (Number.isNaN(value)) return Number.NaN
    average = average === undefined ? value : weight * value + (1 - weight) * average
    return average
  })
}

function takeMedians(values: Float64Array, span: number): Float64Array {
  const sorted = new Float64Array(span)
  return values.map((value, n) => {
    if (Number.isNaN(value)) return Number.NaN
    let count = 0
    for (let place = Math.max(0, n + 1 - span); place <= n; place += 1) {
      const one = values[place] ?? Number.NaN
      if (Number.isNaN(one)) continue
      insert(sorted, count, one)
      count += 1
    }
    const upper = sorted[count >> 1] ?? Number.NaN
    return count % 2 === 1 ? upper : ((sorted[(count >> 1) - 1] ?? Number.NaN) + upper) / 2
  })
}

/** Puts a value among so many sorted ones; a typed array of nine is not worth sorting anew. */
function insert(sorted: Float64Array, count: number, value: number): void {
  let place = count
  while (place > 0 && (sorted[place - 1] ?? 0) > value) {
    sorted[place] = sorted[place - 1] ?? 0
    place -= 1
  }
  sorted[place] = value
}
