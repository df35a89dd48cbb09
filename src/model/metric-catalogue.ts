import { agentMetrics } from './metric-catalogue/agent-metrics.ts'
import { dockerMetrics } from './metric-catalogue/docker-metrics.ts'
import { dogstatsdMetrics } from './metric-catalogue/dogstatsd-metrics.ts'
import { hostMetrics } from './metric-catalogue/host-metrics.ts'
import { logMetrics } from './metric-catalogue/log-metrics.ts'
import type { MetricDescription } from './metric-catalogue/metric-description.ts'

/** Every metric that our own sources send, by the name of the source. `docs/reference/metrics.md` is printed from it. */
export const metricCatalogue: Readonly<Record<string, readonly MetricDescription[]>> = {
  docker: dockerMetrics,
  dogstatsd: dogstatsdMetrics,
  host: hostMetrics,
  logs: logMetrics,
  agent: agentMetrics,
}
