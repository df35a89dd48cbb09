import { gauge, type ContainerFamily } from './container-family.ts'

/** The engine's own period, and that of `--cpus`: only quota and period together say what is allowed. */
const periodMicros = 100_000

/** What a container may use; where it has no limit there is no line, while cAdvisor has a zero. */
export const limitFamilies: readonly ContainerFamily[] = [
  gauge('container_spec_cpu_period', 'Microseconds of a period of its CPU quota.', (seen) =>
    seen.reading.limits.quotaCores === undefined ? undefined : periodMicros,
  ),
  gauge(
    'container_spec_cpu_quota',
    'CPU time allowed in each period, in microseconds.',
    ({ reading: { limits } }) =>
      limits.quotaCores === undefined ? undefined : Math.round(limits.quotaCores * periodMicros),
  ),
  gauge(
    'container_spec_cpu_shares',
    'Its weight where CPUs are short.',
    ({ reading }) => reading.limits.cpuShares,
  ),
  gauge(
    'container_spec_memory_limit_bytes',
    'Memory it may use.',
    ({ reading }) => reading.limits.memoryBytes,
  ),
  gauge(
    'container_spec_memory_swap_limit_bytes',
    'Swap it may use; on cgroup v1 memory and swap.',
    ({ reading }) => reading.limits.memorySwapBytes,
  ),
  gauge(
    'container_spec_memory_reservation_limit_bytes',
    'Memory that is kept for it where memory is short.',
    ({ reading }) => reading.limits.memorySoftBytes,
  ),
  gauge('container_threads_max', 'Threads it may have.', ({ reading }) => reading.limits.threads),
]
