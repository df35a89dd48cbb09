import type { Curve } from '../data/metric-answers.ts'
import { binOf, chooseBins, type Bins } from './bins.ts'

/** How many series have a value in a bin during an interval. */
export interface HeatCell {
  /** Unix seconds of the interval's start. */
  readonly timeS: number
  readonly bin: number
  readonly count: number
}

/** The values of many series over time, counted in bins. */
export interface Heat {
  readonly bins: Bins
  readonly intervalS: number
  /** Starts of the intervals that have values, rising. */
  readonly timesS: readonly number[]
  readonly cells: readonly HeatCell[]
  /** Of any cell. */
  readonly mostCount: number
}

const wantedBins = 24

/** Counts how many of the curves have a value in each bin at each time. */
export function countHeat(
  curves: readonly Pick<Curve, 'startS' | 'intervalS' | 'values'>[],
  isBinary: boolean,
): Heat {
  const values = curves.flatMap((curve) => curve.values).filter((value) => value !== null)
  const bins = chooseBins(values, { wanted: wantedBins, isBinary })
  const byTime = new Map<number, Map<number, number>>()
  for (const { startS, intervalS, values: column } of curves) {
    column.forEach((value, index) => {
      if (value === null) return
      const timeS = startS + index * intervalS
      const counts = byTime.get(timeS) ?? new Map<number, number>()
      const bin = binOf(bins, value)
      counts.set(bin, (counts.get(bin) ?? 0) + 1)
      byTime.set(timeS, counts)
    })
  }
  const cells = [...byTime].flatMap(([timeS, counts]) =>
    [...counts].map(([bin, count]) => ({ timeS, bin, count })),
  )
  return {
    bins,
    intervalS: curves[0]?.intervalS ?? 1,
    timesS: [...byTime.keys()].toSorted((left, right) => left - right),
    cells,
    mostCount: Math.max(0, ...cells.map(({ count }) => count)),
  }
}
