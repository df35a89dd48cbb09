/** What all samples of one name have in common. */
export interface MetricFamily {
  readonly name: string
  /** `unknown`: a counter whose name does not say so, which both formats would refuse to call one. */
  readonly kind: 'counter' | 'gauge' | 'unknown'
  /** A sentence or less, without a line end. */
  readonly help: string
}

/** One value of a family. */
export interface FamilySample {
  /** As {@link printLabels} prints them; empty for none. */
  readonly labels: string
  readonly value: number
}

/** `text`: Prometheus' text format 0.0.4; `openmetrics`: OpenMetrics 1.0. */
export type TextFormat = 'text' | 'openmetrics'
