import type { ContainerReading } from '../../../component/container-readings.ts'
import { counter, seconds, type ContainerFamily, type PickValue } from './container-family.ts'

/** CPU time, and how much of it a container was kept from. */
export const cpuFamilies: readonly ContainerFamily[] = [
  {
    name: 'container_cpu_usage_seconds_total',
    kind: 'counter',
    help: 'CPU time used.',
    labelNames: ['cpu'],
    valuesOf: ({ reading }) => [{ labels: 'cpu="total"', value: seconds(reading.cpuNanos) }],
  },
  counter('container_cpu_user_seconds_total', 'CPU time used in user mode.', ({ reading }) =>
    seconds(reading.cpuUserNanos),
  ),
  counter('container_cpu_system_seconds_total', 'CPU time used in kernel mode.', ({ reading }) =>
    seconds(reading.cpuSystemNanos),
  ),
  counter(
    'container_cpu_cfs_periods_total',
    'Periods of its CPU quota that have passed.',
    ifQuota((reading) => reading.quotaPeriods),
  ),
  counter(
    'container_cpu_cfs_throttled_periods_total',
    'Periods in which its quota was used up.',
    ifQuota((reading) => reading.throttledPeriods),
  ),
  counter(
    'container_cpu_cfs_throttled_seconds_total',
    'Time it was made to wait for its quota.',
    ifQuota((reading) => seconds(reading.throttledNanos)),
  ),
  counter(
    'container_pressure_cpu_waiting_seconds_total',
    'Time in which at least one task waited for a CPU.',
    ({ reading }) => seconds(reading.cpuStalledNanos),
  ),
  counter(
    'container_pressure_memory_waiting_seconds_total',
    'Time in which at least one task waited for memory.',
    ({ reading }) => seconds(reading.memoryStalledNanos),
  ),
  counter(
    'container_pressure_io_waiting_seconds_total',
    'Time in which at least one task waited for a device.',
    ({ reading }) => seconds(reading.ioStalledNanos),
  ),
]

/** Without a quota there are no periods: cAdvisor has no such lines then. */
function ifQuota(pick: (reading: ContainerReading) => number | undefined): PickValue {
  return ({ reading }) => (reading.limits.quotaCores === undefined ? undefined : pick(reading))
}
