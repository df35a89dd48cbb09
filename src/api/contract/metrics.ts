/** `GET /api/metrics?q=<text>&from=<s>&limit=<count>`: the catalogue, by name. */
export interface MetricsAnswer {
  readonly metrics: readonly MetricRow[]
  /** Whether there are more than were asked for. */
  readonly isCut: boolean
}

export interface MetricRow {
  readonly name: string
  readonly kind: 'gauge' | 'rate' | 'count' | 'distribution'
  /** As the catalogue has it: `byte`, `percent`, `nanosecond/second`; empty when unknown. */
  readonly unit: string
  /** One sentence; empty for metrics of others. */
  readonly description: string
  /** Series that were seen in the last day. */
  readonly series: number
  /** Seconds between two points; 0 where the sender did not say. */
  readonly intervalS: number
  /** Unix seconds; exact to a day. */
  readonly seenS: number
}

/**
 * `GET /api/metrics/<name>/tags`: what can be filtered and grouped by. With `key=<key>` that key alone, with `limit=<count>`
 * as many values of each.
 */
export interface MetricTagsAnswer {
  readonly keys: readonly {
    readonly key: string
    /** How many different values there are. */
    readonly count: number
    /** The most frequent ones, at most 100 unless `limit` says otherwise. */
    readonly values: readonly string[]
  }[]
}
