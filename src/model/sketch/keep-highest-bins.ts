import type { SketchBins } from '../sketch.ts'

/**
 * Bins of which there are at most so many: the lowest are added to the lowest that stays. It does not matter whether this
 * is done once at the end or, as the Datadog Agent does, again and again while values come.
 * @see `trimLeft` in `pkg/util/quantile/store.go` of the Datadog Agent
 */
export function keepHighestBins(bins: SketchBins, atMost: number): SketchBins {
  const excess = bins.keys.length - atMost
  if (excess <= 0) return bins
  const keys = Array.from(bins.keys).slice(excess)
  const counts = Array.from(bins.counts)
  const kept = counts.splice(excess)
  kept[0] = counts.reduce((sum, count) => sum + count, kept[0] ?? 0)
  return { keys, counts: kept }
}
