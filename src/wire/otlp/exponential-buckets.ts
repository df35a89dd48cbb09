import type { ExponentialPoint } from './messages.ts'
import { areCounts, type Bucket } from './spread-buckets.ts'

/** The buckets of an exponential histogram: bucket n holds what is above base^n and at most base^(n+1), base is 2^(2^-scale). */
export interface ExponentialBuckets {
  readonly scale: number
  readonly zeroCount: number
  readonly positive: IndexedCounts
  readonly negative: IndexedCounts
}

/** Counts of buckets that follow each other, the first is bucket `offset`. */
export interface IndexedCounts {
  readonly offset: number
  readonly counts: readonly number[]
}

/** What SDKs have; with others, the bounds of buckets would be no numbers. */
const scales = { least: -10, greatest: 20 }

/**
 * Undefined where the scale or a count is one that cannot be.
 * @see https://opentelemetry.io/docs/specs/otel/metrics/data-model/#exponentialhistogram
 */
export function exponentialBuckets(point: ExponentialPoint): ExponentialBuckets | undefined {
  const { scale = 0, zeroCount = 0 } = point
  const positive = indexedCounts(point.positive)
  const negative = indexedCounts(point.negative)
  const counts = [zeroCount, ...positive.counts, ...negative.counts]
  const isScale = scale >= scales.least && scale <= scales.greatest
  return isScale && areCounts(counts) ? { scale, zeroCount, positive, negative } : undefined
}

function indexedCounts(given: ExponentialPoint['positive']): IndexedCounts {
  return { offset: given?.offset ?? 0, counts: given?.bucketCounts ?? [] }
}

/**
 * What came since; undefined where the later ones are no continuation of the earlier. A histogram whose values spread
 * further merges buckets that lie beside each other, so that its scale falls.
 */
export function subtractExponential(
  later: ExponentialBuckets,
  earlier: ExponentialBuckets,
): ExponentialBuckets | undefined {
  if (later.scale > earlier.scale) return undefined
  const times = earlier.scale - later.scale
  const zeroCount = later.zeroCount - earlier.zeroCount
  const positive = subtractCounts(later.positive, widen(earlier.positive, times))
  const negative = subtractCounts(later.negative, widen(earlier.negative, times))
  if (zeroCount < 0 || positive === undefined || negative === undefined) return undefined
  return { scale: later.scale, zeroCount, positive, negative }
}

/** The same counts in buckets that are 2^times as wide on the scale of logarithms. */
function widen({ offset, counts }: IndexedCounts, times: number): IndexedCounts {
  const width = 2 ** times
  const first = Math.floor(offset / width)
  const wide: number[] = []
  counts.forEach((count, n) => {
    const at = Math.floor((offset + n) / width) - first
    wide[at] = (wide[at] ?? 0) + count
  })
  return { offset: first, counts: wide }
}

function subtractCounts(later: IndexedCounts, earlier: IndexedCounts): IndexedCounts | undefined {
  const counts = [...later.counts]
  const shift = earlier.offset - later.offset
  for (const [n, count] of earlier.counts.entries()) {
    if (count === 0) continue
    const rest = (counts[n + shift] ?? 0) - count
    if (rest < 0) return undefined
    counts[n + shift] = rest
  }
  return { offset: later.offset, counts }
}

/** The buckets that hold something, with their bounds, ascending. */
export function boundedBuckets(buckets: ExponentialBuckets): Bucket[] {
  const boundOf = (index: number): number => 2 ** (index * 2 ** -buckets.scale)
  const ofSide = ({ offset, counts }: IndexedCounts, sign: 1 | -1): Bucket[] =>
    counts.flatMap((count, n) => {
      if (count === 0) return []
      const bounds = [sign * boundOf(offset + n), sign * boundOf(offset + n + 1)]
      return [{ lower: Math.min(...bounds), upper: Math.max(...bounds), count }]
    })
  const zero = buckets.zeroCount > 0 ? [{ lower: 0, upper: 0, count: buckets.zeroCount }] : []
  return [...ofSide(buckets.negative, -1).toReversed(), ...zero, ...ofSide(buckets.positive, 1)]
}
