import { join } from 'node:path'
import { countCpus } from './count-cpus.ts'
import { FlatValues } from './flat-values.ts'
import { FolderFiles } from './folder-files.ts'
import type { FileBudget } from './kept-file.ts'
import { joinBlkio, type DeviceIo } from './parse-io.ts'
import type { CgroupLimits, CgroupReader, CgroupSample } from './sample.ts'

/** `cpuacct.stat` counts ticks of USER_HZ, 100 a second on every architecture Linux has. */
const nanosPerTick = 1e7
/** The kernel writes "no limit" as the largest signed number, rounded down to a page. */
const unlimitedBytes = 2 ** 62
/** A counter that went below zero shows as a huge number. */
const belowZero = 2 ** 63

/**
 * Opens the files of a container in each controller of cgroup v1; `path` is the same below each.
 * @see kernel docs, cgroup-v1: cpuacct, memory, blkio-controller, pids
 */
export function openReaderV1(
  controllers: ReadonlyMap<string, string>,
  path: string,
  budget: FileBudget,
): CgroupReader {
  const files = new FolderFiles((name) => {
    const controller = name.slice(0, name.indexOf('/'))
    return join(controllers.get(controller) ?? '/nonexistent', path, name.slice(controller.length))
  }, budget)
  const cpuacct = new FlatValues(['user', 'system'])
  const cpu = new FlatValues(['nr_throttled'])
  const memory = new FlatValues([
    'total_rss',
    'total_cache',
    'total_inactive_file',
    'hierarchical_memory_limit',
  ])
  return {
    read(): CgroupSample | undefined {
      const cpuNanos = files.readNumber('cpuacct/cpuacct.usage')
      const readAtMs = performance.now()
      const memoryUsageBytes = files.readNumber('memory/memory.usage_in_bytes')
      if (cpuNanos === undefined && memoryUsageBytes === undefined) return undefined
      files.readFlat('cpuacct/cpuacct.stat', cpuacct)
      files.readFlat('cpu/cpu.stat', cpu)
      files.readFlat('memory/memory.stat', memory)
      return {
        readAtMs,
        cpuNanos,
        cpuUserNanos: cpuacct.get('user', nanosPerTick),
        cpuSystemNanos: cpuacct.get('system', nanosPerTick),
        throttledPeriods: cpu.get('nr_throttled'),
        memoryAnonBytes: plausible(memory.get('total_rss')),
        memoryFileBytes: memory.get('total_cache'),
        memoryInactiveFileBytes: memory.get('total_inactive_file'),
        memoryUsageBytes,
        devices: readDevices(files),
        threads: files.readNumber('pids/pids.current'),
      }
    },
    readLimits(): CgroupLimits {
      const quota = files.readNumber('cpu/cpu.cfs_quota_us')
      const period = files.readNumber('cpu/cpu.cfs_period_us')
      files.readFlat('memory/memory.stat', memory)
      const limit = memory.get('hierarchical_memory_limit')
      return {
        quotaCores:
          quota !== undefined && quota > 0 && period !== undefined ? quota / period : undefined,
        cpusetCores: countCpus(files.readText('cpuset/cpuset.cpus') ?? ''),
        memoryBytes: limit !== undefined && isLimit(limit) ? limit : undefined,
      }
    },
    close: () => files.close(),
  }
}

/** 0 is no limit that a container could live with. */
function isLimit(bytes: number): boolean {
  return bytes > 0 && bytes < unlimitedBytes
}

function plausible(value: number | undefined): number | undefined {
  return value !== undefined && value < belowZero ? value : undefined
}

/** A container that did no I/O has one line, `Total 0`: then the second file need not be read. */
function readDevices(files: FolderFiles<string>): readonly DeviceIo[] | undefined {
  const bytes = files.readText('blkio/blkio.throttle.io_service_bytes')
  if (bytes === undefined) return undefined
  if (bytes.startsWith('Total')) return []
  return joinBlkio(bytes, files.readText('blkio/blkio.throttle.io_serviced') ?? '')
}
