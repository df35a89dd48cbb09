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
  /** Periods of its quota that have passed; v1 has them only of a cgroup with a quota. */
  readonly quotaPeriods: number | undefined
  readonly throttledPeriods: number | undefined
  readonly throttledNanos: number | undefined
  /** Everything charged: anonymous memory, page cache, kernel memory. */
  readonly memoryUsageBytes: number | undefined
  readonly memoryAnonBytes: number | undefined
  readonly memoryFileBytes: number | undefined
  readonly memoryInactiveFileBytes: number | undefined
  readonly memoryKernelBytes: number | undefined
  readonly memorySwapBytes: number | undefined
  /** How often its limit was hit: v1 `memory.failcnt`, v2 `memory.events` oom. */
  readonly memoryLimitHits: number | undefined
  /** Processes that the kernel killed because memory ran out, children too. */
  readonly oomKills: number | undefined
  readonly pageFaults: number | undefined
  readonly majorPageFaults: number | undefined
  readonly threads: number | undefined
  readonly devices: readonly DeviceIo[] | undefined
  /** v2 only: time in which at least one task waited for the resource. */
  readonly cpuStalledNanos: number | undefined
  readonly memoryStalledNanos: number | undefined
  readonly ioStalledNanos: number | undefined
}

/** What one cgroup may use, and its highest memory so far: read less often than the counters. Absent means none, or unknown. */
export interface CgroupLimits {
  /** Cores that the quota allows. */
  readonly quotaCores: number | undefined
  /** Cores that the cpuset names. */
  readonly cpusetCores: number | undefined
  /** As v1 counts them: 1024 unless told otherwise. */
  readonly cpuShares: number | undefined
  readonly memoryBytes: number | undefined
  /** v1 `memory.soft_limit_in_bytes`, v2 `memory.low`. */
  readonly memorySoftBytes: number | undefined
  /** v1 memory and swap together (`hierarchical_memsw_limit`), v2 swap alone (`memory.swap.max`). */
  readonly memorySwapBytes: number | undefined
  /** Memory and swap together, whichever way the kernel keeps it. */
  readonly memoryAndSwapBytes?: number | undefined
  readonly memoryPeakBytes: number | undefined
  readonly threads: number | undefined
}

/** `moving` is what changes all the time; `all` has pressure and what a container without limits cannot have, too. */
export type Extent = 'moving' | 'all'

/** Reads one container's cgroup again and again. */
export interface CgroupReader {
  /** The folder that lists its processes, and has a folder for each cgroup it made itself. */
  readonly folder: string
  /** Its place below the root of the hierarchy, the same in each controller: `docker/<id>`. */
  readonly path: string
  /** All, unless told otherwise; `undefined` once the cgroup is gone. */
  readonly read: (extent?: Extent) => CgroupSample | undefined
  /** These files are opened anew each time: ask seldom. */
  readonly readLimits: () => CgroupLimits
  /** The highest memory so far, which is one of the limits' figures but grows. */
  readonly readMemoryPeak: () => number | undefined
  readonly close: () => void
}
