import { exactSum } from './exact-sum.ts'
import { timesOf, valuesOf, type Window } from './window.ts'

/** How much something grew in the window; undefined when that cannot be said. */
export function increase(window: Window): number | undefined {
  return counted(window) ?? extrapolated(window, true)
}

/** How much something grew, a second. */
export function rate(window: Window): number | undefined {
  const grown = increase(window)
  return grown === undefined ? undefined : grown / ((window.toMs - window.fromMs) / 1000)
}

/** How much a gauge changed in the window. */
export function delta(window: Window): number | undefined {
  return extrapolated(window, false)
}

/** How much something grew, a second, by its two newest samples. */
export function irate(window: Window): number | undefined {
  const { kind, intervalS } = window.series
  const newest = valuesOf(window).at(-1)
  if (kind === 'rate') return newest
  if (kind === 'count') return newest === undefined ? undefined : newest / Math.max(intervalS, 1)
  const step = newestStep(window)
  if (step === undefined || step.seconds === 0) return undefined
  return (step.to < step.from ? step.to : step.to - step.from) / step.seconds
}

/** The difference between the two newest samples. */
export function idelta(window: Window): number | undefined {
  const step = newestStep(window)
  return step === undefined || step.seconds === 0 ? undefined : step.to - step.from
}

function newestStep(
  window: Window,
): { readonly from: number; readonly to: number; readonly seconds: number } | undefined {
  const [from, to] = valuesOf(window).subarray(-2)
  const [fromMs, toMs] = timesOf(window).subarray(-2)
  if (from === undefined || to === undefined || fromMs === undefined || toMs === undefined) {
    return undefined
  }
  return { from, to, seconds: (toMs - fromMs) / 1000 }
}

/**
 * What counts and rates of Datadog say themselves: a count is what came in its interval, a rate is so much a second of it.
 * They add up; there is nothing to reset and nothing to extrapolate.
 */
function counted(window: Window): number | undefined {
  const { kind, intervalS } = window.series
  if (kind === 'gauge') return undefined
  const sum = exactSum(valuesOf(window))
  return kind === 'rate' ? sum * Math.max(intervalS, 1) : sum
}

/**
 * The difference between the last and the first sample, a counter's resets made good, drawn out to the ends of the window
 * as Prometheus does.
 * @see https://github.com/prometheus/prometheus/blob/main/promql/functions.go "extrapolatedRate"
 */
function extrapolated(window: Window, isCounter: boolean): number | undefined {
  const values = valuesOf(window)
  const times = timesOf(window)
  const [first, last, firstMs, lastMs] = [values[0], values.at(-1), times[0], times.at(-1)]
  if (first === undefined || last === undefined || values.length < 2) return undefined
  if (firstMs === undefined || lastMs === undefined) return undefined
  const grown = last - first + (isCounter ? lostAtResets(values) : 0)
  const sampledS = (lastMs - firstMs) / 1000
  const betweenS = sampledS / (values.length - 1)
  const beforeS = reachS(firstMs - window.fromMs, betweenS)
  const afterS = reachS(window.toMs - lastMs, betweenS)
  // A counter was never below 0.
  const sinceZeroS = isCounter && grown > 0 && first >= 0 ? sampledS * (first / grown) : Infinity
  if (sampledS === 0) return grown
  return grown * ((sampledS + Math.min(beforeS, sinceZeroS) + afterS) / sampledS)
}

/** How far a line is drawn out beyond a sample: to the end of the window where that is near. */
function reachS(distanceMs: number, betweenS: number): number {
  const distanceS = distanceMs / 1000
  return distanceS < betweenS * 1.1 ? distanceS : betweenS / 2
}

function lostAtResets(values: Float64Array): number {
  let lost = 0
  let previous = NaN
  for (const value of values) {
    if (value < previous) lost += previous
    previous = value
  }
  return lost
}
