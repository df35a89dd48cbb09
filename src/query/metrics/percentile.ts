import type { Percentile, SpaceAggregator } from '../metric-language/expression.ts'

export function isPercentile(aggregator: SpaceAggregator): aggregator is Percentile {
  return /^p\d/.test(aggregator)
}

/** The share of values that lie below a percentile, from 0 to 1. */
export function percentileShare(percentile: Percentile): number {
  // Read with its exponent, 99.9 gives 0.999; divided, it may give something near it.
  return Number(`${percentile.slice(1)}e-2`)
}
