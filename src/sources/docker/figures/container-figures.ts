import { allowedTimes } from './cpu-limit.ts'
import { workingSet } from './memory-figures.ts'
import { defineFigures, type PickedTable } from './picked-figures.ts'

const nanosPerSecond = 1e9

/**
 * `container.*`: the sample of `docker.*` in the units of Datadog's generic check, told at the slow cadence.
 * @see container/metadata.csv in DataDog/integrations-core, for names and units
 */
export const containerFigures: PickedTable = defineFigures({
  rates: {
    'container.cpu.usage': [({ sample }) => sample.cpuNanos, 1],
    'container.cpu.user': [({ sample }) => sample.cpuUserNanos, 1],
    'container.cpu.system': [({ sample }) => sample.cpuSystemNanos, 1],
    'container.cpu.throttled': [({ sample }) => sample.throttledNanos, 1],
    'container.cpu.throttled.periods': [({ sample }) => sample.throttledPeriods, 1],
    'container.cpu.partial_stall': [({ sample }) => sample.cpuStalledNanos, 1],
    'container.memory.partial_stall': [({ sample }) => sample.memoryStalledNanos, 1],
    'container.io.partial_stall': [({ sample }) => sample.ioStalledNanos, 1],
  },
  gauges: {
    'container.cpu.limit': allowedTimes(nanosPerSecond),
    'container.memory.usage': ({ sample }) => sample.memoryUsageBytes,
    'container.memory.usage.peak': ({ limits }) => limits.memoryPeakBytes,
    'container.memory.kernel': ({ sample }) => sample.memoryKernelBytes,
    'container.memory.limit': ({ limits }) => limits.memoryBytes,
    'container.memory.soft_limit': ({ limits }) => limits.memorySoftBytes,
    'container.memory.rss': ({ sample }) => sample.memoryAnonBytes,
    'container.memory.cache': ({ sample }) => sample.memoryFileBytes,
    'container.memory.swap': ({ sample }) => sample.memorySwapBytes,
    'container.memory.oom_events': ({ sample }) => sample.memoryLimitHits,
    'container.memory.working_set': workingSet,
    'container.pid.thread_count': ({ sample }) => sample.threads,
    'container.pid.thread_limit': ({ limits }) => limits.threads,
    'container.pid.open_files': ({ openFiles }) => openFiles,
  },
  counts: {
    'container.memory.page_faults': ({ sample }) => sample.pageFaults,
    'container.memory.major_page_faults': ({ sample }) => sample.majorPageFaults,
  },
})
