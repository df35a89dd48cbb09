import type { Frame } from '../frame.ts'
import { mergeSeries } from './merge-series.ts'
import type { MetricFunction } from './metric-function.ts'

/**
 * How many series have a value in each interval, or one other than 0. Where none has any there is nothing, since then
 * nothing is known.
 * @see https://docs.datadoghq.com/dashboards/functions/count/
 */
export const countFunctions: Readonly<Record<string, MetricFunction>> = {
  count_nonzero: countSeries((value) => value !== 0),
  count_not_null: countSeries(() => true),
}

function countSeries(isCounted: (value: number) => boolean): MetricFunction {
  return { apply: (frame, call) => mergeSeries(frame, call, countEach(frame, isCounted)) }
}

function countEach({ series, length }: Frame, isCounted: (value: number) => boolean): Float64Array {
  return Float64Array.from({ length }, (_zero, n) => {
    const values = series.flatMap((one) => one.values[n] ?? []).filter((one) => !Number.isNaN(one))
    return values.length === 0 ? Number.NaN : values.filter(isCounted).length
  })
}
