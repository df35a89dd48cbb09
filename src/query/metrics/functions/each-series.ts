import { nameResult, type Call, type MetricFunction, type ResultUnit } from './metric-function.ts'

/** What a function makes of the values of one series, NaN being none; a new array as long as the old one. */
export type SeriesStep = (values: Float64Array, context: StepContext) => Float64Array

export interface StepContext extends Call {
  /** Seconds of one interval. */
  readonly intervalS: number
}

/** A function that treats each series by itself. */
export function eachSeries(step: SeriesStep, unit: ResultUnit = 'same'): MetricFunction {
  return {
    apply: (frame, call) => {
      const context: StepContext = { ...call, intervalS: frame.intervalMs / 1000 }
      const series = frame.series.map((one) => ({
        ...one,
        ...nameResult(one, call, unit),
        values: step(one.values, context),
      }))
      return { ...frame, series }
    },
  }
}

/** A function that treats each value by itself; what is no finite number is nothing. */
export function eachValue(
  step: (value: number, context: StepContext) => number,
  unit: ResultUnit = 'same',
): MetricFunction {
  const finite = (value: number, context: StepContext): number => {
    const result = step(value, context)
    return Number.isFinite(result) ? result : Number.NaN
  }
  return eachSeries((values, context) => values.map((value) => finite(value, context)), unit)
}
