import type { HistogramPoint } from './messages.ts'
import { areCounts, type Bucket } from './spread-buckets.ts'

/** The buckets of a histogram: one more than there are bounds between them. */
export interface ExplicitBuckets {
  readonly bounds: readonly number[]
  readonly counts: readonly number[]
}

/** Undefined where bounds do not grow, or do not go with the counts. A histogram may have a count and no buckets. */
export function explicitBuckets(point: HistogramPoint): ExplicitBuckets | undefined {
  const { explicitBounds: bounds, bucketCounts } = point
  const counts = bucketCounts.length === 0 ? [point.count ?? 0] : bucketCounts
  const areGrowing = bounds.every((bound, n) => n === 0 || bound > (bounds[n - 1] ?? bound))
  const areFinite = bounds.every(Number.isFinite)
  const fits = bucketCounts.length === 0 || counts.length === bounds.length + 1
  if (!areGrowing || !areFinite || !fits || !areCounts(counts)) return undefined
  return { bounds: bucketCounts.length === 0 ? [] : bounds, counts }
}

/** What came since; undefined where the later ones are no continuation of the earlier. */
export function subtractExplicit(
  later: ExplicitBuckets,
  earlier: ExplicitBuckets,
): ExplicitBuckets | undefined {
  const areSame =
    later.bounds.length === earlier.bounds.length &&
    later.bounds.every((bound, n) => bound === earlier.bounds[n])
  if (!areSame) return undefined
  const counts = later.counts.map((count, n) => count - (earlier.counts[n] ?? 0))
  return counts.some((count) => count < 0) ? undefined : { bounds: later.bounds, counts }
}

/** The buckets that hold something; the outermost have an infinite bound. */
export function boundedExplicit({ bounds, counts }: ExplicitBuckets): Bucket[] {
  return counts.flatMap((count, n) =>
    count === 0 ? [] : [{ lower: bounds[n - 1] ?? -Infinity, upper: bounds[n] ?? Infinity, count }],
  )
}
