import { lookBack } from '../evaluation/time-window.ts'
import { eachSeries } from './each-series.ts'
import { numberOption, textOption, type MetricFunction, type Options } from './metric-function.ts'

/**
 * `moving_rollup(query, 300, 'avg')`: one value of all that the intervals of the last so many seconds have, the newest
 * interval included; nothing where none has any.
 * @see https://docs.datadoghq.com/dashboards/functions/rollup/#moving-rollup
 */
export const movingRollup: MetricFunction = {
  apply: (frame, call) => {
    const { options } = call.call
    const method = textOption(options, 1)
    const rolledUp = eachSeries(
      (values, { intervalS }) => rollUp(values, countIntervals(options, intervalS), method),
      method === 'count' ? 'other' : 'same',
    )
    return rolledUp.apply(frame, call)
  },
  reach: (window, options) => ({
    window: lookBack(window, countIntervals(options, window.intervalMs / 1000) - 1),
  }),
}

function countIntervals(options: Options, intervalS: number): number {
  return Math.ceil(numberOption(options, 0) / intervalS)
}

function rollUp(values: Float64Array, count: number, method: string): Float64Array {
  const points = values.map((value) => (Number.isNaN(value) ? Number.NaN : 1))
  switch (method) {
    case 'min':
      return combineLast(values, count, Math.min)
    case 'max':
      return combineLast(values, count, Math.max)
    case 'count':
      return combineLast(points, count, add)
    case 'sum':
      return combineLast(values, count, add)
    default: {
      const counts = combineLast(points, count, add)
      return combineLast(values, count, add).map((sum, n) => sum / (counts[n] ?? 0))
    }
  }
}

function add(one: number, other: number): number {
  return one + other
}

/**
 * What the last `count` values come to, in time that does not depend on `count`: the values are cut into runs of `count`,
 * and each window is the end of one run and the beginning of the next.
 */
function combineLast(
  values: Float64Array,
  count: number,
  combine: (one: number, other: number) => number,
): Float64Array {
  const join = (one: number, other: number): number => {
    if (Number.isNaN(one)) return other
    return Number.isNaN(other) ? one : combine(one, other)
  }
  const fromRunStart = values.slice()
  const toRunEnd = values.slice()
  for (let n = 1; n < values.length; n += 1) {
    if (n % count !== 0) fromRunStart[n] = join(at(fromRunStart, n - 1), at(values, n))
  }
  for (let n = values.length - 2; n >= 0; n -= 1) {
    if ((n + 1) % count !== 0) toRunEnd[n] = join(at(values, n), at(toRunEnd, n + 1))
  }
  return values.map((_value, n) => {
    const first = n + 1 - count
    if (first < 0) return at(fromRunStart, n)
    return first % count === 0
      ? at(fromRunStart, n)
      : join(at(toRunEnd, first), at(fromRunStart, n))
  })
}

function at(values: Float64Array, n: number): number {
  return values[n] ?? Number.NaN
}
