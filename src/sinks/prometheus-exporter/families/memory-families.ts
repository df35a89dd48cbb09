import {
  counter,
  gauge,
  type ContainerFamily,
  type ContainerValue,
  type SeenContainer,
} from './container-family.ts'

/** Memory, and what happened for want of it. */
export const memoryFamilies: readonly ContainerFamily[] = [
  gauge(
    'container_memory_usage_bytes',
    'All memory charged to it, with page cache and kernel memory.',
    ({ reading }) => reading.memoryUsageBytes,
  ),
  gauge(
    'container_memory_max_usage_bytes',
    'The highest usage so far.',
    ({ reading }) => reading.memoryPeakBytes,
  ),
  gauge(
    'container_memory_working_set_bytes',
    'Usage without page cache that was not used lately.',
    workingSet,
  ),
  gauge('container_memory_rss', 'Anonymous memory.', ({ reading }) => reading.memoryAnonBytes),
  gauge('container_memory_cache', 'Page cache.', ({ reading }) => reading.memoryFileBytes),
  gauge(
    'container_memory_total_inactive_file_bytes',
    'Page cache that was not used lately.',
    ({ reading }) => reading.memoryInactiveFileBytes,
  ),
  gauge('container_memory_swap', 'Swap in use.', ({ reading }) => reading.memorySwapBytes),
  gauge(
    'container_memory_kernel_usage',
    'Kernel memory.',
    ({ reading }) => reading.memoryKernelBytes,
  ),
  {
    ...gauge(
      'container_memory_failcnt',
      'How often its memory limit was hit.',
      ({ reading }) => reading.memoryLimitHits,
    ),
    kind: 'unknown',
  },
  {
    name: 'container_memory_failures_total',
    kind: 'counter',
    help: 'Page faults.',
    labelNames: ['failure_type', 'scope'],
    valuesOf: pageFaults,
  },
  counter(
    'container_oom_events_total',
    'Processes killed for want of memory.',
    ({ reading }) => reading.oomKills,
  ),
]

function workingSet({ reading }: SeenContainer): number | undefined {
  const { memoryUsageBytes: usage, memoryInactiveFileBytes: inactive } = reading
  return usage === undefined || inactive === undefined ? undefined : Math.max(0, usage - inactive)
}

/** cAdvisor, too, has one number for both scopes. */
function pageFaults({ reading }: SeenContainer): readonly ContainerValue[] {
  return ['container', 'hierarchy'].flatMap((scope) => [
    { labels: `failure_type="pgfault",scope="${scope}"`, value: reading.pageFaults },
    { labels: `failure_type="pgmajfault",scope="${scope}"`, value: reading.majorPageFaults },
  ])
}
