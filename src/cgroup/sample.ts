import type { DeviceIo } from './parse-io.ts'

/**
 * What the kernel has counted for one cgroup at one moment. Every figure is absent when its file could not be read.
 * Counters only grow while the cgroup lives.
 */
export interface CgroupSample {
  /** When the CPU counter was read, monotonic milliseconds. */
  readonly readAtMs: number
  readonly cpuNanos: number | undefined
  readonly cpuUserNanos: number | undefined
  readonly cpuSystemNanos: number | undefined
  readonly throttledPeriods: number | undefined
  /** Everything charged: anonymous memory, page cache, kernel memory. */
  readonly memoryUsageBytes: number | undefined
  readonly memoryAnonBytes: number | undefined
  readonly memoryFileBytes: number | undefined
  readonly memoryInactiveFileBytes: number | undefined
  readonly threads: number | undefined
  readonly devices: readonly DeviceIo[] | undefined
}

/** The limits of one cgroup; absent means none. */
export interface CgroupLimits {
  /** Cores that the quota allows. */
  readonly quotaCores: number | undefined
  /** Cores that the cpuset names. */
  readonly cpusetCores: number | undefined
  readonly memoryBytes: number | undefined
}

/** Reads one container's cgroup again and again. */
export interface CgroupReader {
  /** `undefined` once the cgroup is gone. */
  readonly read: () => CgroupSample | undefined
  readonly readLimits: () => CgroupLimits
  readonly close: () => void
}
