import type { SampleRun } from './read-samples.ts'

/** Several runs of one series as one in order of time; of two samples at one moment both stay, the later run's last. */
export function joinRuns(runs: readonly SampleRun[]): SampleRun {
  const [first, ...others] = runs
  if (first !== undefined && others.length === 0) return first
  const times = join(runs.map((run) => run.times))
  const order = Array.from(times.keys()).toSorted(
    (one, other) => (times[one] ?? NaN) - (times[other] ?? NaN),
  )
  const inOrder = (numbers: Float64Array): Float64Array =>
    Float64Array.from(order, (place) => numbers[place] ?? NaN)
  const joined = { times: inOrder(times), values: inOrder(join(runs.map(({ values }) => values))) }
  if (runs.every(({ weights }) => weights === undefined)) return joined
  const weights = runs.map((run) => run.weights ?? new Float64Array(run.times.length).fill(1))
  return { ...joined, weights: inOrder(join(weights)) }
}

function join(parts: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(parts.reduce((length, part) => length + part.length, 0))
  let end = 0
  for (const part of parts) {
    joined.set(part, end)
    end += part.length
  }
  return joined
}
