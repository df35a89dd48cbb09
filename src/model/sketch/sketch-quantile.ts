import type { Sketch, SketchBins } from '../sketch.ts'
import { roundHalfEven } from './round-half-even.ts'
import { keyValue } from './sketch-key.ts'

/** Bins of values, with what is known exactly of the values. */
export type BoundedBins = SketchBins & Bounds

/** The least and the greatest value. */
export type Bounds = Pick<Sketch, 'min' | 'max'>

/** The bin that a quantile was found in. */
export interface FoundBin {
  readonly key: number
  /** Of all values in order, from 0, the one that is the quantile. */
  readonly rank: number
  /** Values in all bins. */
  readonly count: number
}

/**
 * The value below which that share of all values lies (0 to 1). It is off by at most 1/128 of itself where its bin has not
 * been added to another; the least and the greatest value are exact. `NaN` when there are no values.
 */
export function sketchQuantile(bins: BoundedBins, quantile: number): number {
  const found = findBin(bins, quantile)
  return found === undefined ? Number.NaN : binValue(found, bins)
}

/**
 * The rank, from 0, of the value that is the quantile of so many values.
 * @see `rank` in `pkg/util/quantile/sparse.go` of the Datadog Agent
 */
export function quantileRank(count: number, quantile: number): number {
  return roundHalfEven(Math.min(Math.max(quantile, 0), 1) * (count - 1))
}

/**
 * The value that stands for the one in that bin. It is the middle of the bin: the Datadog Agent's own `Quantile` goes on
 * from there to the middle of the next bin, which puts it further off than the bins are wide.
 */
export function binValue({ key, rank, count }: FoundBin, { min, max }: Bounds): number {
  if (rank <= 0) return min
  if (rank >= count - 1) return max
  return Math.min(Math.max(keyValue(key), min), max)
}

function findBin({ keys, counts }: SketchBins, quantile: number): FoundBin | undefined {
  let count = 0
  for (let at = 0; at < counts.length; at++) count += counts[at] ?? 0
  const rank = quantileRank(count, quantile)
  let before = 0
  for (let at = 0; at < keys.length; at++) {
    before += counts[at] ?? 0
    if (before > rank) return { key: keys[at] ?? 0, rank, count }
  }
  return undefined
}
