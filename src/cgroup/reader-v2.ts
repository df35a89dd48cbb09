import { join } from 'node:path'
import { countCpus } from './count-cpus.ts'
import { FlatValues } from './flat-values.ts'
import { FolderFiles } from './folder-files.ts'
import { parseIoStat } from './parse-io.ts'
import type { CgroupLimits, CgroupReader, CgroupSample } from './sample.ts'
import type { FileBudget } from './kept-file.ts'

const nanosPerMicro = 1000

/**
 * Opens the files of a cgroup v2 folder.
 * @see kernel docs, cgroup-v2: `cpu.stat`, `memory.stat`, `memory.current`, `pids.current`, `io.stat`
 */
export function openReaderV2(folder: string, budget: FileBudget): CgroupReader {
  const files = new FolderFiles((name) => join(folder, name), budget)
  const cpu = new FlatValues(['usage_usec', 'user_usec', 'system_usec', 'nr_throttled'])
  const memory = new FlatValues(['anon', 'file', 'inactive_file'])
  return {
    read(): CgroupSample | undefined {
      if (!files.readFlat('cpu.stat', cpu)) return undefined
      const readAtMs = performance.now()
      files.readFlat('memory.stat', memory)
      const io = files.readText('io.stat')
      return {
        readAtMs,
        cpuNanos: cpu.get('usage_usec', nanosPerMicro),
        cpuUserNanos: cpu.get('user_usec', nanosPerMicro),
        cpuSystemNanos: cpu.get('system_usec', nanosPerMicro),
        throttledPeriods: cpu.get('nr_throttled'),
        devices: io === undefined ? undefined : parseIoStat(io),
        memoryAnonBytes: memory.get('anon'),
        memoryFileBytes: memory.get('file'),
        memoryInactiveFileBytes: memory.get('inactive_file'),
        memoryUsageBytes: files.readNumber('memory.current'),
        threads: files.readNumber('pids.current'),
      }
    },
    readLimits(): CgroupLimits {
      const [quota = '', period = ''] = (files.readText('cpu.max') ?? '').trim().split(' ')
      return {
        quotaCores:
          Number(quota) > 0 && Number(period) > 0 ? Number(quota) / Number(period) : undefined,
        cpusetCores: countCpus(files.readText('cpuset.cpus.effective') ?? ''),
        memoryBytes: positive(files.readNumber('memory.max')),
      }
    },
    close: () => files.close(),
  }
}

/** `max` is no number, and 0 is no limit that a container could live with. */
function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined
}
