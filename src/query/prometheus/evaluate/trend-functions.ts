import { exactSum } from './exact-sum.ts'
import { timesOf, valuesOf, type Window } from './window.ts'

/** The slope of the straight line that fits the samples best, a second. */
export function deriv(window: Window): number | undefined {
  return fitLine(window, timesOf(window)[0] ?? 0)?.slope
}

/** Where that line will be so many seconds after the moment. */
export function predictLinear(window: Window): number | undefined {
  const line = fitLine(window, window.nowMs)
  return line && line.slope * window.parameter + line.atOrigin
}

interface FittedLine {
  readonly slope: number
  readonly atOrigin: number
}

/** By least squares. */
function fitLine(window: Window, originMs: number): FittedLine | undefined {
  const ys = valuesOf(window)
  if (ys.length < 2) return undefined
  const first = ys[0] ?? NaN
  if (ys.every((y) => y === first)) {
    return Number.isFinite(first) ? { slope: 0, atOrigin: first } : { slope: NaN, atOrigin: NaN }
  }
  const xs = timesOf(window).map((time) => (time - originMs) / 1000)
  const count = ys.length
  const sumX = exactSum(xs)
  const sumY = exactSum(ys)
  const sumXy = exactSum(xs.map((x, index) => x * (ys[index] ?? NaN)))
  const sumXx = exactSum(xs.map((x) => x * x))
  const slope = (sumXy - (sumX * sumY) / count) / (sumXx - (sumX * sumX) / count)
  return { slope, atOrigin: sumY / count - (slope * sumX) / count }
}

/** How often the value changed. */
export function changes(window: Window): number | undefined {
  return countSteps(window, (value, previous) => !Object.is(value + 0, previous + 0))
}

/** How often the value fell. */
export function resets(window: Window): number | undefined {
  return countSteps(window, (value, previous) => value < previous)
}

function countSteps(
  window: Window,
  isStep: (value: number, previous: number) => boolean,
): number | undefined {
  const values = valuesOf(window)
  if (values.length === 0) return undefined
  let count = 0
  for (let index = 1; index < values.length; index += 1) {
    if (isStep(values[index] ?? NaN, values[index - 1] ?? NaN)) count += 1
  }
  return count
}
