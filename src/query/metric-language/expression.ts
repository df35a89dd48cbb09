/** How the points of one series within one interval become one. */
export type TimeAggregator = 'avg' | 'min' | 'max' | 'sum' | 'count' | 'last'

/** A percentile of all values of distributions, as it was written: `p99`, `p99.9`. */
export type Percentile = `p${number}`

/** How the series of one group become one; percentiles are of the values of distributions. */
export type SpaceAggregator = 'avg' | 'min' | 'max' | 'sum' | 'count' | Percentile

/** Which series are meant. A value may hold `*` for any run of characters. */
export type Filter =
  | { readonly kind: 'all' }
  | { readonly kind: 'tag'; readonly key: string; readonly value: string }
  /** A tag without a value. */
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'not'; readonly filter: Filter }
  | { readonly kind: 'and' | 'or'; readonly filters: readonly Filter[] }

/** Where something stands in the text, in UTF-16 units; `end` is exclusive. */
export interface Place {
  readonly start: number
  readonly end: number
}

/** How gaps are filled; `linear` only between two points. */
export interface Fill {
  readonly with: 'null' | 'zero' | 'last' | 'linear'
  readonly limitS?: number
}

/** One `avg:metric{scope} by {keys}` with what follows it after dots. */
export interface MetricQuery {
  readonly kind: 'query'
  readonly place: Place
  readonly aggregator: SpaceAggregator
  readonly metric: string
  readonly filter: Filter
  /** What stands between the first braces, without blanks around it. */
  readonly scopeText: string
  readonly groupBy: readonly string[]
  readonly rollup?: { readonly method?: TimeAggregator; readonly intervalS?: number }
  readonly fill?: Fill
  /** Whether counts and rates are wanted as the one or the other. */
  readonly as?: 'count' | 'rate'
  /** Whether a gauge counts in a sum only for the share of each interval that it was there. */
  readonly isWeighted?: true
}

/** `abs(…)`, `top(…, 10, 'mean', 'desc')`; the language knows which names there are and what they take. */
export interface FunctionCall {
  readonly kind: 'call'
  readonly place: Place
  readonly name: string
  readonly of: Expression
  readonly options: readonly (number | string)[]
}

export type Expression =
  | { readonly kind: 'number'; readonly place: Place; readonly value: number }
  | MetricQuery
  | FunctionCall
  | { readonly kind: 'negation'; readonly place: Place; readonly of: Expression }
  | {
      readonly kind: 'operation'
      readonly place: Place
      readonly operator: '+' | '-' | '*' | '/'
      readonly left: Expression
      readonly right: Expression
    }
