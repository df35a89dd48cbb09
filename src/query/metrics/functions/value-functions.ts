import { eachValue } from './each-series.ts'
import { numberOption, type Call, type MetricFunction } from './metric-function.ts'

/**
 * Functions of one value: what is missing stays missing, and what has no logarithm has none.
 * @see https://docs.datadoghq.com/dashboards/functions/arithmetic/
 * @see https://docs.datadoghq.com/dashboards/functions/exclusion/
 */
export const valueFunctions: Readonly<Record<string, MetricFunction>> = {
  abs: eachValue((value) => Math.abs(value)),
  log2: eachValue((value) => Math.log2(value), 'other'),
  log10: eachValue((value) => Math.log10(value), 'other'),
  pow: eachValue((value, call) => value ** threshold(call), 'other'),
  throughput: eachValue((value, { intervalS }) => value / intervalS, 'other'),
  clamp_min: eachValue((value, call) => Math.max(value, threshold(call))),
  clamp_max: eachValue((value, call) => Math.min(value, threshold(call))),
  cutoff_min: eachValue((value, call) => (value < threshold(call) ? Number.NaN : value)),
  cutoff_max: eachValue((value, call) => (value > threshold(call) ? Number.NaN : value)),
}

function threshold({ call }: Call): number {
  return numberOption(call.options, 0)
}
