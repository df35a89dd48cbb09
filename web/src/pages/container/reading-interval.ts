import type { History } from '../../charts/chart-data.ts'

/** How often agents read what is told at the slow cadence, unless they are told otherwise (`slow_interval`). */
const usualS = 15

/**
 * Seconds between two readings of figures that are read together: the usual time between those that the store has. As agents have it
 * by themselves where there are too few, or where each point may be a mean of several.
 */
export function readingIntervalS(past: ReadonlyMap<string, History> | undefined): number {
  const histories = [...(past?.values() ?? [])]
  const timesS = histories.flatMap(betweenReadings).toSorted((one, other) => one - other)
  const typicalS = timesS[Math.floor(timesS.length / 2)] ?? usualS
  const intervalS = Math.max(1, ...histories.map((history) => history.intervalS))
  return typicalS > intervalS ? typicalS : Math.min(usualS, typicalS)
}

function betweenReadings({ points }: History): number[] {
  const readMs = points.flatMap(([timeMs, value]) => (value === null ? [] : [timeMs]))
  return readMs.slice(1).map((timeMs, index) => (timeMs - (readMs[index] ?? 0)) / 1000)
}
