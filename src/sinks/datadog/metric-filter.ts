/** Metrics that no Datadog Agent sends: there each of their series would cost as a custom metric. */
export const ownMetrics: readonly string[] = [
  'vigie.*',
  'container.net.rcvd.drops',
  'container.net.rcvd.errors',
  'container.net.sent.drops',
  'container.net.sent.errors',
]

/**
 * @param excluded Names, or how they begin followed by `*`.
 * @returns Whether a metric is sent.
 */
export function createMetricFilter(excluded: readonly string[]): (metric: string) => boolean {
  const beginnings = excluded.filter((one) => one.endsWith('*')).map((one) => one.slice(0, -1))
  const names = new Set(excluded.filter((one) => !one.endsWith('*')))
  const known = new Map<string, boolean>()
  return (metric) => {
    const before = known.get(metric)
    if (before !== undefined) return before
    const isSent = !names.has(metric) && !beginnings.some((start) => metric.startsWith(start))
    if (known.size < mostKnown) known.set(metric, isSent)
    return isSent
  }
}

/** Clients of DogStatsD may make names without end. */
const mostKnown = 10_000
