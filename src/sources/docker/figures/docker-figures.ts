import { allowedTimes } from './cpu-limit.ts'
import { memoryInUse, swapInUse, workingSet } from './memory-figures.ts'
import { defineFigures, type PickedTable } from './picked-figures.ts'

/** Of one core, in a second. */
const nanosPerPercent = 1e7

/**
 * `docker.*` that moves: told at every tick.
 * @see docs/reference/metrics.md for each formula
 */
export const movingDockerFigures: PickedTable = defineFigures({
  rates: {
    'docker.cpu.usage': [({ sample }) => sample.cpuNanos, nanosPerPercent],
    'docker.cpu.user': [({ sample }) => sample.cpuUserNanos, nanosPerPercent],
    'docker.cpu.system': [({ sample }) => sample.cpuSystemNanos, nanosPerPercent],
    'docker.cpu.throttled': [({ sample }) => sample.throttledPeriods, 1],
    'docker.cpu.throttled.time': [({ sample }) => sample.throttledNanos, nanosPerPercent],
  },
  gauges: {
    'docker.mem.rss': ({ sample }) => sample.memoryAnonBytes,
    'docker.mem.cache': ({ sample }) => sample.memoryFileBytes,
    'docker.mem.swap': ({ sample }) => sample.memorySwapBytes,
    'docker.mem.working_set': workingSet,
    'docker.mem.in_use': memoryInUse,
    'docker.mem.sw_in_use': swapInUse,
    'docker.mem.failed_count': ({ sample }) => sample.memoryLimitHits,
    'docker.kmem.usage': ({ sample }) => sample.memoryKernelBytes,
    'docker.thread.count': ({ sample }) => sample.threads,
  },
})

/** `docker.*` that seldom changes: told at the slow cadence, and when it has changed. */
export const seldomDockerFigures: PickedTable = defineFigures({
  gauges: {
    'docker.cpu.limit': allowedTimes(100),
    'docker.cpu.shares': ({ limits }) => limits.cpuShares,
    'docker.mem.limit': ({ limits }) => limits.memoryBytes,
    'docker.mem.soft_limit': ({ limits }) => limits.memorySoftBytes,
    'docker.mem.sw_limit': ({ limits }) => limits.memorySwapBytes,
    'docker.thread.limit': ({ limits }) => limits.threads,
    'docker.container.open_fds': ({ openFiles }) => openFiles,
  },
})
