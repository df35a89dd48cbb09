import { gauge, type ContainerFamily } from './container-family.ts'
import { cpuFamilies } from './cpu-families.ts'
import { deviceFamilies } from './device-families.ts'
import { interfaceFamilies } from './interface-families.ts'
import { limitFamilies } from './limit-families.ts'
import { memoryFamilies } from './memory-families.ts'

/**
 * Containers under cAdvisor's names, from the kernel's own counters.
 * @see https://github.com/google/cadvisor/blob/master/docs/storage/prometheus.md
 */
export const containerFamilies: readonly ContainerFamily[] = [
  gauge('container_last_seen', 'When the kernel was asked last, Unix seconds.', ({ reading }) =>
    inSeconds(reading.timeMs),
  ),
  gauge('container_creation_time_seconds', 'When it was made, Unix seconds.', ({ container }) =>
    inSeconds(container.createdAtMs),
  ),
  gauge(
    'container_start_time_seconds',
    'When it was started last, Unix seconds.',
    ({ container }) => inSeconds(container.startedAtMs ?? container.createdAtMs),
  ),
  ...cpuFamilies,
  ...memoryFamilies,
  ...deviceFamilies,
  ...interfaceFamilies,
  gauge('container_threads', 'Threads.', ({ reading }) => reading.threads),
  gauge('container_file_descriptors', 'Files held open.', ({ reading }) => reading.openFiles),
  ...limitFamilies,
]

function inSeconds(timeMs: number): number {
  return timeMs / 1000
}
