import { keepHighestBins } from '../../model/sketch/keep-highest-bins.ts'
import type { SketchValues } from '../../model/sketch/merge-sketches.ts'
import { keyValue, maxBins, sketchKey } from '../../model/sketch/sketch-key.ts'

/** So many values lie between two bounds. */
export interface Bucket {
  readonly lower: number
  readonly upper: number
  readonly count: number
}

/** Whether these can be counts of values. */
export function areCounts(counts: readonly number[]): boolean {
  return counts.every((count) => Number.isSafeInteger(count) && count >= 0)
}

/** What is known of the values beside their buckets: finite numbers. */
export interface KnownFacts {
  readonly sum: number | undefined
  readonly min: number | undefined
  readonly max: number | undefined
}

/** How many bins may still be looked at for one body. */
export interface SpreadBudget {
  bins: number
}

/** The store keeps 32 bits of each. */
const mostInBin = 2 ** 32 - 1

/** Beyond, all values are as good as infinite; below, their differences can be computed. */
const farthest = 1e200

/**
 * A sketch of values of which only buckets are known: within a bucket they are taken to lie evenly, as Datadog's exporter
 * does; where a bucket has no end, at the bound that it has. Undefined where there are no values, more than a bin can count,
 * or when the budget is used up.
 * @see `InsertInterpolate` in `pkg/util/quantile/agent.go` of the Datadog Agent
 */
export function spreadBuckets(
  buckets: readonly Bucket[],
  facts: KnownFacts,
  budget: SpreadBudget,
): SketchValues | undefined {
  const count = buckets.reduce((sum, one) => sum + one.count, 0)
  if (count === 0) return undefined
  const mean = facts.sum === undefined ? 0 : facts.sum / count
  const ranges = buckets.map((bucket) => closeBucket(bucket, facts, mean))
  const bins = new Map<number, number>()
  for (const range of ranges) {
    if (!spread(bins, range, budget)) return undefined
  }
  const sorted = [...bins].toSorted(([one], [other]) => one - other)
  if (sorted.some(([, own]) => own > mostInBin)) return undefined
  const keys = sorted.map(([key]) => key)
  const counts = sorted.map(([, own]) => own)
  const sum = facts.sum ?? ranges.reduce((all, one) => all + middleOf(one) * one.count, 0)
  const bounds = boundsOf(ranges, facts)
  return { count, sum, avg: sum / count, ...bounds, ...keepHighestBins({ keys, counts }, maxBins) }
}

function boundsOf(
  ranges: readonly Bucket[],
  facts: KnownFacts,
): { readonly min: number; readonly max: number } {
  const min = facts.min ?? ranges[0]?.lower ?? 0
  return { min, max: Math.max(facts.max ?? ranges.at(-1)?.upper ?? 0, min) }
}

/** The bucket with two finite bounds. The least and the greatest value, where they are known, are better ones. */
function closeBucket({ lower, upper, count }: Bucket, facts: KnownFacts, mean: number): Bucket {
  const low = Math.max(lower, Math.min(facts.min ?? -Infinity, upper))
  const high = Math.min(upper, Math.max(facts.max ?? Infinity, lower))
  if (low === -Infinity && high === Infinity) return { lower: mean, upper: mean, count }
  const from = low === -Infinity ? high : low
  const to = high === Infinity ? low : high
  return { lower: clamp(from), upper: clamp(to), count }
}

function clamp(value: number): number {
  return Math.min(Math.max(value, -farthest), farthest)
}

function middleOf({ lower, upper }: Bucket): number {
  return lower / 2 + upper / 2
}

/** Adds the values of a bucket to the bins that it covers, to each its share; false when the budget is used up. */
function spread(
  bins: Map<number, number>,
  { lower, upper, count }: Bucket,
  budget: SpreadBudget,
): boolean {
  const last = sketchKey(upper)
  // What is below the highest bins of a sketch becomes the lowest of them anyway.
  const first = Math.max(sketchKey(lower), last - maxBins + 1)
  budget.bins -= last - first + 1
  if (budget.bins < 0) return false
  let placed = 0
  for (let key = first; key <= last; key++) {
    const edge = key === last ? upper : (keyValue(key) + keyValue(key + 1)) / 2
    const share = upper > lower ? (edge - lower) / (upper - lower) : 1
    const below = key === last ? count : Math.round(count * Math.min(Math.max(share, 0), 1))
    if (below > placed) bins.set(key, (bins.get(key) ?? 0) + below - placed)
    placed = Math.max(placed, below)
  }
  return true
}
