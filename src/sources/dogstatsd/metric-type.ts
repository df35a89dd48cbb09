/** Types of the protocol by how they are aggregated: `h` and `ms` are one. */
export const metricTypes = ['count', 'gauge', 'set', 'histogram', 'distribution'] as const

export type MetricType = (typeof metricTypes)[number]
