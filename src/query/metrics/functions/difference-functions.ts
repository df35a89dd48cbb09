import { lookBack } from '../evaluation/time-window.ts'
import type { Frame } from '../frame.ts'
import { eachSeries } from './each-series.ts'
import type { MetricFunction, ResultUnit } from './metric-function.ts'
import { mergeSeries } from './merge-series.ts'

/**
 * Functions of two consecutive points of a series; where one is missing, of those on both sides of the gap. Each looks back one
 * interval, and has nothing where there is no point before.
 * @see https://docs.datadoghq.com/dashboards/functions/rate/
 */
export const differenceFunctions: Readonly<Record<string, MetricFunction>> = {
  diff: ofTwoPoints((delta) => delta),
  monotonic_diff: ofTwoPoints((delta) => (delta < 0 ? Number.NaN : delta)),
  derivative: ofTwoPoints((delta, seconds) => delta / seconds, 'other'),
  per_second: ofTwoPoints((delta, seconds) => delta / seconds, 'other'),
  per_minute: ofTwoPoints((delta, seconds) => (delta / seconds) * 60, 'other'),
  per_hour: ofTwoPoints((delta, seconds) => (delta / seconds) * 3600, 'other'),
  /** One series for all: the seconds since the interval before in which any of them has a point. */
  dt: {
    reach: (window) => ({ window: lookBack(window, 1) }),
    apply: (frame, call) =>
      mergeSeries(frame, call, withSteps(anyPoint(frame), frame.intervalMs / 1000, secondsOf)),
  },
}

type PairStep = (delta: number, seconds: number) => number

function ofTwoPoints(step: PairStep, unit: ResultUnit = 'same'): MetricFunction {
  return {
    ...eachSeries((values, { intervalS }) => withSteps(values, intervalS, step), unit),
    reach: (window) => ({ window: lookBack(window, 1) }),
  }
}

function withSteps(values: Float64Array, intervalS: number, step: PairStep): Float64Array {
  let last: number | undefined
  return values.map((value, n) => {
    if (Number.isNaN(value)) return Number.NaN
    const before = last
    last = n
    if (before === undefined) return Number.NaN
    return step(value - (values[before] ?? Number.NaN), (n - before) * intervalS)
  })
}

function secondsOf(_delta: number, seconds: number): number {
  return seconds
}

/** 0 where any series has a point. */
function anyPoint({ series, length }: Frame): Float64Array {
  return Float64Array.from({ length }, (_zero, n) =>
    series.some(({ values }) => !Number.isNaN(values[n])) ? 0 : Number.NaN,
  )
}
