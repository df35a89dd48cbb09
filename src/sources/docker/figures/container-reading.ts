import type { ContainerReading } from '../../../component/container-readings.ts'
import type { Reading } from './reading.ts'

/** The newest readings of one running container, and what only its source knows of it. */
export interface NewestReadings {
  readonly last: Reading
  /** The newest that has what is read at the slow cadence; may be `last`. */
  readonly full: Reading
  /** Below the root of the hierarchy, without a slash before it. */
  readonly cgroupPath: string
  readonly hasOwnNetwork: boolean
}

/**
 * Puts what the source keeps of a container into the form in which others may ask for it.
 * @param deviceName Name of a device by `major:minor`.
 */
export function toContainerReading(
  { last, full, cgroupPath, hasOwnNetwork }: NewestReadings,
  deviceName: (device: string) => string | undefined,
): ContainerReading {
  const { readAtMs, devices, ...figures } = last.sample
  const { cpuStalledNanos, memoryStalledNanos, ioStalledNanos } = full.sample
  return {
    ...figures,
    timeMs: Date.now() - (performance.now() - readAtMs),
    cgroupPath: `/${cgroupPath}`,
    memoryPeakBytes: last.limits.memoryPeakBytes,
    openFiles: full.openFiles,
    cpuStalledNanos,
    memoryStalledNanos,
    ioStalledNanos,
    devices: devices?.map((counts) => ({ ...counts, name: deviceName(counts.device) })),
    interfaces: hasOwnNetwork ? last.interfaces : undefined,
    limits: last.limits,
  }
}
