/** How the points of one interval become one. */
export type TimeAggregator = 'avg' | 'min' | 'max' | 'sum' | 'count'

/** A percentile of all values of distributions, as it was written: `p99`, `p99.9`. */
export type Percentile = `p${number}`

/** How the series of one group become one; `count` and percentiles are of the values of distributions. */
export type SpaceAggregator = TimeAggregator | Percentile

export function isPercentile(aggregator: SpaceAggregator): aggregator is Percentile {
  return aggregator.startsWith('p')
}

/** The share of values that lie below a percentile, from 0 to 1. */
export function percentileShare(percentile: Percentile): number {
  // Read with its exponent, 99.9 gives 0.999; divided, it may give something near it.
  return Number(`${percentile.slice(1)}e-2`)
}

/** Which series are meant. A value may hold `*` for any run of characters. */
export type Filter =
  | { readonly kind: 'all' }
  | { readonly kind: 'tag'; readonly key: string; readonly value: string }
  /** A tag without a value. */
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'not'; readonly filter: Filter }
  | { readonly kind: 'and' | 'or'; readonly filters: readonly Filter[] }

/** One `avg:metric{scope} by {keys}` with its functions, as it was asked. */
export interface SeriesQuestion {
  readonly aggregator: SpaceAggregator
  readonly metric: string
  readonly filter: Filter
  /** What stands between the first braces, without blanks around it. */
  readonly scopeText: string
  readonly groupBy: readonly string[]
  readonly rollup?: { readonly method?: TimeAggregator; readonly intervalS?: number }
  readonly fill?: { readonly with: 'null' | 'zero' | 'last'; readonly limitS?: number }
  /** Whether counts and rates are wanted as the one or the other. */
  readonly as?: 'count' | 'rate'
}
