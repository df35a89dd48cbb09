import type { EngineContainer } from '../../../docker/parse-inspect.ts'
import type { EngineStats } from '../../../docker/parse-stats.ts'
import type { Reading } from './reading.ts'

/** Limits are in the container's description: without one, the engine's answer has the memory of its whole machine. */
export type Limited = Pick<EngineContainer, 'networkMode' | 'cpuLimitCores' | 'memoryLimitBytes'>

/**
 * Puts the engine's answer in the shape of what is read from cgroup files.
 * @param readAtMs When the engine read it, by this machine's monotonic clock.
 */
export function toReading(stats: EngineStats, container: Limited, readAtMs: number): Reading {
  return {
    sample: {
      readAtMs,
      cpuNanos: stats.cpuNanos,
      cpuUserNanos: stats.cpuUserNanos,
      cpuSystemNanos: stats.cpuSystemNanos,
      quotaPeriods: stats.quotaPeriods,
      throttledPeriods: stats.throttledPeriods,
      throttledNanos: stats.throttledNanos,
      memoryUsageBytes: stats.memoryUsageBytes,
      memoryAnonBytes: stats.memoryAnonBytes,
      memoryFileBytes: stats.memoryFileBytes,
      memoryInactiveFileBytes: stats.memoryInactiveFileBytes,
      memoryKernelBytes: stats.memoryKernelBytes,
      memorySwapBytes: undefined,
      memoryLimitHits: stats.memoryLimitHits,
      oomKills: undefined,
      pageFaults: stats.pageFaults,
      majorPageFaults: stats.majorPageFaults,
      threads: stats.threads,
      devices: stats.devices,
      cpuStalledNanos: undefined,
      memoryStalledNanos: undefined,
      ioStalledNanos: undefined,
    },
    limits: {
      quotaCores: container.cpuLimitCores,
      cpusetCores: stats.onlineCpus,
      cpuShares: undefined,
      memoryBytes: container.memoryLimitBytes,
      memorySoftBytes: undefined,
      memorySwapBytes: undefined,
      memoryPeakBytes: stats.memoryPeakBytes,
      threads: stats.threadLimit,
    },
    // Podman has zeros for a container in the network of its host, and for one in none.
    interfaces: hasOwnNetwork(container.networkMode) ? stats.interfaces : undefined,
  }
}

function hasOwnNetwork(mode: string): boolean {
  return mode !== 'host' && mode !== 'none'
}
