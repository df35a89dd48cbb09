import { dirname, join } from 'node:path'
import { countCpus } from './count-cpus.ts'
import { FlatValues } from './flat-values.ts'
import { FolderFiles } from './folder-files.ts'
import type { FileBudget } from './kept-file.ts'
import { KnownWords } from './known-words.ts'
import { parseIoStat, type DeviceIo } from './parse-io.ts'
import { parsePressure } from './parse-pressure.ts'
import type { CgroupLimits, CgroupReader, CgroupSample, Extent } from './sample.ts'

type Pressure = Pick<CgroupSample, 'cpuStalledNanos' | 'memoryStalledNanos' | 'ioStalledNanos'>

const nanosPerMicro = 1000
const noPressure: Pressure = {
  cpuStalledNanos: undefined,
  memoryStalledNanos: undefined,
  ioStalledNanos: undefined,
}

/**
 * Opens the files of a cgroup v2; `path` is below `root`, where the hierarchy is mounted.
 * @see kernel docs, cgroup-v2: `cpu.stat`, `memory.stat`, `memory.current`, `pids.current`, `io.stat`
 */
export function openReaderV2(root: string, path: string, budget: FileBudget): CgroupReader {
  return new ReaderV2(join(root, path), path, budget)
}

/** All readers keep a file at the same place. */
const places = new Map<string, number>()
const cpuStat = new FlatValues([
  'usage_usec',
  'user_usec',
  'system_usec',
  'nr_periods',
  'nr_throttled',
  'throttled_usec',
])
const memoryStat = new FlatValues([
  'anon',
  'file',
  'kernel_stack',
  'inactive_file',
  'slab',
  'pgfault',
  'pgmajfault',
])
const memoryEvents = new FlatValues(['oom', 'oom_kill'])
const deviceNames = new KnownWords()

class ReaderV2 implements CgroupReader {
  readonly folder: string
  readonly path: string
  readonly #files: FolderFiles<string>
  readonly #parent: FolderFiles<string>
  #hasMemoryLimit = true
  #limitHits: number | undefined
  #oomKills: number | undefined
  #last: CgroupSample | undefined

  constructor(folder: string, path: string, budget: FileBudget) {
    this.folder = folder
    this.path = path
    this.#files = new FolderFiles((name) => join(folder, name), budget, places)
    this.#parent = new FolderFiles((name) => join(dirname(folder), name), budget)
  }

  /**
   * Where neither the CPU counter nor the memory charged has moved, nothing has run: then what only its own processes
   * could change is as it was. What the kernel may do to its memory all the same is seen with the next full reading.
   */
  read(extent: Extent = 'all'): CgroupSample | undefined {
    const files = this.#files
    if (!files.readFlat('cpu.stat', cpuStat)) return undefined
    const readAtMs = performance.now()
    const cpuNanos = cpuStat.get('usage_usec', nanosPerMicro)
    const memoryUsageBytes = files.readNumber('memory.current')
    const threads = files.readNumber('pids.current')
    const devices = files.readBytes('io.stat', parseDevices)
    const last = this.#last
    const isStill =
      cpuNanos !== undefined &&
      last?.cpuNanos === cpuNanos &&
      last.memoryUsageBytes === memoryUsageBytes
    this.#last =
      extent === 'moving' && isStill
        ? { ...last, ...noPressure, readAtMs, threads, devices }
        : this.#readAll({ readAtMs, cpuNanos, memoryUsageBytes, threads, devices }, extent)
    return this.#last
  }

  /** The CPU figures stand in `cpuStat` already. */
  #readAll(
    { readAtMs, cpuNanos, memoryUsageBytes, threads, devices }: Moved,
    extent: Extent,
  ): CgroupSample {
    const files = this.#files
    files.readFlat('memory.stat', memoryStat)
    this.#readEvents(extent)
    const pressure = extent === 'all' ? this.#readPressure() : noPressure
    return {
      readAtMs,
      cpuNanos,
      cpuUserNanos: cpuStat.get('user_usec', nanosPerMicro),
      cpuSystemNanos: cpuStat.get('system_usec', nanosPerMicro),
      quotaPeriods: cpuStat.get('nr_periods'),
      throttledPeriods: cpuStat.get('nr_throttled'),
      throttledNanos: cpuStat.get('throttled_usec', nanosPerMicro),
      memoryUsageBytes,
      memoryAnonBytes: memoryStat.get('anon'),
      memoryFileBytes: memoryStat.get('file'),
      memoryInactiveFileBytes: memoryStat.get('inactive_file'),
      memoryKernelBytes: sum(memoryStat.get('kernel_stack'), memoryStat.get('slab')),
      memorySwapBytes: files.readNumber('memory.swap.current'),
      memoryLimitHits: this.#limitHits,
      oomKills: this.#oomKills,
      pageFaults: memoryStat.get('pgfault'),
      majorPageFaults: memoryStat.get('pgmajfault'),
      threads,
      devices,
      cpuStalledNanos: pressure.cpuStalledNanos,
      memoryStalledNanos: pressure.memoryStalledNanos,
      ioStalledNanos: pressure.ioStalledNanos,
    }
  }

  readLimits(): CgroupLimits {
    const files = this.#files
    const memoryBytes = positive(files.readNumberOnce('memory.max'))
    const swapBytes = files.readNumberOnce('memory.swap.max')
    this.#hasMemoryLimit = memoryBytes !== undefined
    return {
      quotaCores:
        parseQuota(files.readTextOnce('cpu.max')) ??
        parseQuota(this.#parent.readTextOnce('cpu.max')),
      cpusetCores: countCpus(files.readTextOnce('cpuset.cpus.effective')),
      cpuShares: toShares(files.readNumberOnce('cpu.weight')),
      memoryBytes,
      memorySoftBytes: positive(files.readNumberOnce('memory.low')),
      // 0 is no limit to tell: it may not swap at all.
      memorySwapBytes: positive(swapBytes),
      memoryAndSwapBytes: sum(memoryBytes, swapBytes),
      memoryPeakBytes: this.readMemoryPeak(),
      threads: files.readNumberOnce('pids.max'),
    }
  }

  readMemoryPeak(): number | undefined {
    return this.#files.readNumberOnce('memory.peak')
  }

  close(): void {
    this.#files.close()
    this.#parent.close()
  }

  /** Without a limit it cannot be hit; a kill for want of memory on the whole host is seen with the next full reading. */
  #readEvents(extent: Extent): void {
    if (extent !== 'all' && !this.#hasMemoryLimit) return
    this.#files.readFlat('memory.events', memoryEvents)
    this.#limitHits = memoryEvents.get('oom')
    this.#oomKills = memoryEvents.get('oom_kill')
  }

  #readPressure(): Pressure {
    return {
      cpuStalledNanos: this.#readStalled('cpu.pressure'),
      memoryStalledNanos: this.#readStalled('memory.pressure'),
      ioStalledNanos: this.#readStalled('io.pressure'),
    }
  }

  #readStalled(name: string): number | undefined {
    const micros = this.#files.readBytesOnce(name, parsePressure)
    return micros === undefined ? undefined : micros * nanosPerMicro
  }
}

type Moved = Pick<
  CgroupSample,
  'readAtMs' | 'cpuNanos' | 'memoryUsageBytes' | 'threads' | 'devices'
>

function parseDevices(bytes: Buffer, length: number): readonly DeviceIo[] {
  return parseIoStat(bytes, length, deviceNames)
}

/** `max` is no number, and 0 is no limit that a container could live with. */
function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined
}

function sum(left: number | undefined, right: number | undefined): number | undefined {
  return left === undefined || right === undefined ? undefined : left + right
}

/** Reads `cpu.max`: `150000 100000`, or `max 100000` for no quota. */
function parseQuota(text: string): number | undefined {
  const [quota = '', period = ''] = text.split(' ')
  return Number(quota) > 0 && Number(period) > 0 ? Number(quota) / Number(period) : undefined
}

/**
 * The shares that the engine was asked for; the runtime makes weights of them, 1 to 10,000 out of 2 to 262,144.
 * @see OCI runtime specification, "Unified" resources; runc's conversion of `cpu.shares`
 */
function toShares(weight: number | undefined): number | undefined {
  return weight === undefined ? undefined : Math.round(((weight - 1) * 262_142) / 9999 + 2)
}
