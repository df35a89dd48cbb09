import { join } from 'node:path'
import { FlatValues } from '../flat-values.ts'
import { FolderFiles } from '../folder-files.ts'
import type { Hierarchy } from '../hierarchy.ts'
import type { FileBudget } from '../kept-file.ts'
import type { LifeFigures } from './life-figures.ts'

/** The counters of one cgroup that make up its totals. Their descriptors stay open, so that they can be read in its last moment. */
export interface LifeCounters {
  /** CPU time since the cgroup was made, descendants and those that are gone included; `undefined` once it is gone. */
  readonly readCpuNanos: () => number | undefined
  /** The rest, to be read right after `readCpuNanos()`; what cannot be read is absent. */
  readonly readRest: () => LifeFigures
  readonly close: () => void
}

/** `cpuacct.stat` counts ticks of USER_HZ, 100 a second on every architecture Linux has. */
const nanosPerTick = 1e7
const nanosPerMicro = 1000

/** Opens what is at `path` below the controllers; each file at its first reading. */
export function openLifeCounters(
  hierarchy: Exclude<Hierarchy, { readonly version: 'none' }>,
  path: string,
  budget: FileBudget,
): LifeCounters {
  if (hierarchy.version === 'v2') return openV2(join(hierarchy.root, path), budget)
  return openV1(hierarchy.controllers, path, budget)
}

/** @see kernel docs, cgroup-v2: `cpu.stat`, `memory.peak`, `memory.events`, `io.stat` */
function openV2(folder: string, budget: FileBudget): LifeCounters {
  const files = new FolderFiles((name: string) => join(folder, name), budget)
  const cpu = new FlatValues(['usage_usec', 'user_usec', 'system_usec', 'throttled_usec'])
  const events = new FlatValues(['oom_kill'])
  return {
    readCpuNanos: () =>
      files.readFlat('cpu.stat', cpu) ? cpu.get('usage_usec', nanosPerMicro) : undefined,
    readRest: () => {
      files.readFlat('memory.events', events)
      const io = files.readBytes('io.stat', toText)
      return {
        cpuUserNanos: cpu.get('user_usec', nanosPerMicro),
        cpuSystemNanos: cpu.get('system_usec', nanosPerMicro),
        throttledNanos: cpu.get('throttled_usec', nanosPerMicro),
        memoryPeakBytes: files.readNumber('memory.peak'),
        oomKills: events.get('oom_kill'),
        readBytes: addUp(io, / rbytes=(\d+)/g),
        writtenBytes: addUp(io, / wbytes=(\d+)/g),
      }
    },
    close: () => files.close(),
  }
}

/** @see kernel docs, cgroup-v1: cpuacct, memory, blkio-controller; sched-bwc, "Statistics" */
function openV1(
  controllers: ReadonlyMap<string, string>,
  path: string,
  budget: FileBudget,
): LifeCounters {
  const files = new FolderFiles((name: string) => {
    const controller = name.slice(0, name.indexOf('/'))
    return join(controllers.get(controller) ?? '/nonexistent', path, name.slice(controller.length))
  }, budget)
  const times = new FlatValues(['user', 'system'])
  const cpu = new FlatValues(['throttled_time'])
  const oom = new FlatValues(['oom_kill'])
  return {
    readCpuNanos: () => files.readNumber('cpuacct/cpuacct.usage'),
    readRest: () => {
      files.readFlat('cpuacct/cpuacct.stat', times)
      files.readFlat('cpu/cpu.stat', cpu)
      files.readFlat('memory/memory.oom_control', oom)
      const io = files.readBytes('blkio/blkio.throttle.io_service_bytes', toText)
      return {
        cpuUserNanos: times.get('user', nanosPerTick),
        cpuSystemNanos: times.get('system', nanosPerTick),
        throttledNanos: cpu.get('throttled_time'),
        memoryPeakBytes: files.readNumber('memory/memory.max_usage_in_bytes'),
        oomKills: oom.get('oom_kill'),
        readBytes: addUp(io, / Read (\d+)/g),
        writtenBytes: addUp(io, / Write (\d+)/g),
      }
    },
    close: () => files.close(),
  }
}

function toText(bytes: Buffer, length: number): string {
  return bytes.toString('latin1', 0, length)
}

/** The sum over all devices; `undefined` without a text. */
function addUp(text: string | undefined, figure: RegExp): number | undefined {
  return text?.matchAll(figure).reduce((sum, [, digits]) => sum + Number(digits), 0)
}
