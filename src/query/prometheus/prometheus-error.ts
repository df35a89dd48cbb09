/**
 * What Prometheus calls the kinds of its faults. `bad_data`: the question cannot be read; `execution`: it cannot be
 * worked out; `timeout`: it took too long; `not_found`: there is no such thing; `unavailable`: asking again may help;
 * `internal`: our own fault.
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/#format-overview
 */
export type PrometheusErrorType =
  | 'bad_data'
  | 'execution'
  | 'timeout'
  | 'not_found'
  | 'unavailable'
  | 'internal'

/** A question in PromQL that has no answer. The message is one sentence for the person who asked. */
export class PrometheusError extends Error {
  override readonly name = 'PrometheusError'
  readonly code = 'PROMETHEUS_QUESTION'
  readonly type: PrometheusErrorType

  constructor(type: PrometheusErrorType, message: string, options?: ErrorOptions) {
    super(message, options)
    this.type = type
  }
}
