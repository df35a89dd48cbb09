import { dropMetric } from '../../../model/prometheus/labels.ts'
import { exactMean, exactSum, largest, quantile, smallest, variance } from './exact-sum.ts'
import { delta, idelta, increase, irate, rate } from './growth-functions.ts'
import { changes, deriv, predictLinear, resets } from './trend-functions.ts'
import type { Evaluation } from './evaluation.ts'
import { uniteLines } from './unite-lines.ts'
import {
  emptyLine,
  momentOf,
  type EvalGrid,
  type Line,
  type RangeValue,
  type ScalarValue,
  type VectorValue,
} from './values.ts'
import { valuesOf, type Window } from './window.ts'

/** What a window with at least one sample gives; undefined for nothing. */
type RangeFunction = (window: Window) => number | undefined

const rangeFunctions: ReadonlyMap<string, RangeFunction> = new Map<string, RangeFunction>([
  ['rate', rate],
  ['increase', increase],
  ['irate', irate],
  ['delta', delta],
  ['idelta', idelta],
  ['deriv', deriv],
  ['predict_linear', predictLinear],
  ['changes', changes],
  ['resets', resets],
  ['avg_over_time', mean],
  ['min_over_time', (window) => smallest(valuesOf(window))],
  ['max_over_time', (window) => largest(valuesOf(window))],
  ['sum_over_time', (window) => exactSum(valuesOf(window))],
  // The values are how many samples there were (`readingOf`).
  ['count_over_time', (window) => exactSum(valuesOf(window))],
  ['last_over_time', (window) => valuesOf(window).at(-1)],
  ['present_over_time', () => 1],
  ['absent_over_time', () => 1],
  ['stddev_over_time', (window) => Math.sqrt(variance(valuesOf(window)))],
  ['stdvar_over_time', (window) => variance(valuesOf(window))],
  ['quantile_over_time', (window) => quantile(window.parameter, valuesOf(window))],
])

/** Whether a function looks at windows of samples. */
export function isRangeFunction(name: string): boolean {
  return rangeFunctions.has(name)
}

export interface RangeCall {
  readonly name: string
  readonly range: RangeValue
  readonly parameter?: ScalarValue | undefined
}

/** Samples that are looked at before others may have their turn. */
const samplesInTurn = 200_000

/** Calls a function for each window. All but `last_over_time` make something else of the metric. */
export async function callRangeFunction(
  call: RangeCall,
  grid: EvalGrid,
  { budget }: Evaluation,
): Promise<VectorValue> {
  const evaluateWindow = rangeFunctions.get(call.name)
  if (evaluateWindow === undefined) throw new TypeError(`${call.name} is no function of ranges`)
  const lines: Line[] = []
  for await (const series of call.range.series) {
    await budget.breathe()
    budget.take(grid.length)
    const labels = call.name === 'last_over_time' ? series.labels : dropMetric(series.labels)
    const line = emptyLine(labels, grid.length)
    let looked = 0
    for (const [index, window] of windowsOf(call, { ...series, labels }, grid).entries()) {
      looked += window.end - window.first
      if (looked > samplesInTurn) {
        looked = 0
        await budget.breathe()
      }
      const value = window.end > window.first ? evaluateWindow(window) : undefined
      if (value === undefined) continue
      line.has[index] = 1
      line.values[index] = value
    }
    if (line.has.includes(1)) lines.push(line)
  }
  return { kind: 'vector', lines: uniteLines(lines) }
}

/** The windows of all moments, oldest first. */
function windowsOf(
  { range, parameter }: RangeCall,
  series: Window['series'],
  grid: EvalGrid,
): readonly Window[] {
  const { times } = series
  let first = 0
  let end = 0
  return Array.from({ length: grid.length }, (_, index) => {
    const nowMs = momentOf(grid, index)
    const toMs = (range.atMs ?? nowMs) - range.offsetMs
    const fromMs = toMs - range.rangeMs
    while ((times[end] ?? Infinity) <= toMs) end += 1
    while ((times[first] ?? Infinity) <= fromMs) first += 1
    return { series, first, end, fromMs, toMs, nowMs, parameter: parameter?.values[index] ?? NaN }
  })
}

/** Of points that the engine has added up, each sum counts as many as it is of. */
function mean(window: Window): number {
  const { weights } = window.series
  if (weights === undefined) return exactMean(valuesOf(window))
  return exactSum(valuesOf(window)) / exactSum(weights.subarray(window.first, window.end))
}
