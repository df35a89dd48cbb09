/** How the series of one group become one. */
export type SpaceAggregator = 'avg' | 'min' | 'max' | 'sum'

/** How the points of one interval become one. */
export type TimeAggregator = SpaceAggregator | 'count'

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
