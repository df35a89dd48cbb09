import { containerMetrics } from './container-metrics.ts'
import { containerTrafficMetrics } from './container-traffic-metrics.ts'
import { dockerContainerMetrics } from './docker-container-metrics.ts'
import { engineMetrics } from './engine-metrics.ts'
import type { MetricDescription } from './metric-description.ts'

/** Metrics of the source `docker`. */
export const dockerMetrics: readonly MetricDescription[] = [
  ...dockerContainerMetrics,
  ...containerMetrics,
  ...containerTrafficMetrics,
  ...engineMetrics,
]
