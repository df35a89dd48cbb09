/** What the configuration makes of a metric, by its name. */
export interface RuledMetric {
  readonly name: string
  /** Tags that a mapping adds. */
  readonly tags: readonly string[]
}

/** Asked once for each new context, never for each sample. */
export interface MetricRules {
  /** `undefined`: the metric is not wanted. */
  readonly apply: (name: string) => RuledMetric | undefined
  /** Whether a name that is made at the end of an interval, such as `request.95percentile`, is wanted. */
  readonly isWanted: (name: string) => boolean
}
