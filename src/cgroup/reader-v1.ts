import { dirname, join } from 'node:path'
import { countCpus } from './count-cpus.ts'
import { FlatValues } from './flat-values.ts'
import { FolderFiles } from './folder-files.ts'
import type { FileBudget } from './kept-file.ts'
import { KnownWords } from './known-words.ts'
import { joinBlkio, parseBlkio, type BlkioCounts, type DeviceIo } from './parse-io.ts'
import type { CgroupLimits, CgroupReader, CgroupSample, Extent } from './sample.ts'

/** `cpuacct.stat` counts ticks of USER_HZ, 100 a second on every architecture Linux has. */
const nanosPerTick = 1e7
/** The kernel writes "no limit" as the largest signed number, rounded down to a page. */
const unlimitedBytes = 2 ** 62
/** A counter that went below zero shows as a huge number. */
const belowZero = 2 ** 63
/** For so many readings after the limit was hit the kernel's kills are looked for. */
const readingsToKill = 5

/**
 * Opens the files of a container in each controller of cgroup v1; `path` is the same below each.
 * @see kernel docs, cgroup-v1: cpuacct, memory, blkio-controller, pids
 */
export function openReaderV1(
  controllers: ReadonlyMap<string, string>,
  path: string,
  budget: FileBudget,
): CgroupReader {
  return new ReaderV1(controllers, path, budget)
}

/** All readers keep a file at the same place. */
const places = new Map<string, number>()
const cpuacctStat = new FlatValues(['user', 'system'])
const cpuStat = new FlatValues(['nr_periods', 'nr_throttled', 'throttled_time'])
const oomControl = new FlatValues(['oom_kill'])
const memoryStat = new FlatValues([
  'hierarchical_memory_limit',
  'hierarchical_memsw_limit',
  'total_cache',
  'total_rss',
  'total_swap',
  'total_pgfault',
  'total_pgmajfault',
  'total_inactive_file',
])
const deviceNames = new KnownWords()

class ReaderV1 implements CgroupReader {
  readonly folder: string
  readonly path: string
  readonly #files: FolderFiles<string>
  /** The parent cgroup in the controller `cpu`. */
  readonly #parent: FolderFiles<string>
  readonly #devices: BlkioDevices
  #limitHits: number | undefined
  #oomKills: number | undefined
  #readingsToKill = 0
  #hasQuota = true
  #quotaPeriods: number | undefined
  #throttledPeriods: number | undefined
  #throttledNanos: number | undefined
  #last: CgroupSample | undefined

  constructor(controllers: ReadonlyMap<string, string>, path: string, budget: FileBudget) {
    this.path = path
    const folderOf = (controller: string, relative: string): string =>
      join(controllers.get(controller) ?? '/nonexistent', relative)
    this.folder = folderOf(controllers.has('memory') ? 'memory' : 'cpuacct', path)
    const pathOf = (name: string): string => {
      const [controller = '', file = ''] = name.split('/')
      return join(folderOf(controller, path), file)
    }
    this.#files = new FolderFiles(pathOf, budget, places)
    this.#parent = new FolderFiles((name) => join(folderOf('cpu', dirname(path)), name), budget)
    this.#devices = new BlkioDevices(this.#files)
  }

  /**
   * Where neither the CPU counter nor the memory charged has moved, nothing has run: then what only its own processes
   * could change is as it was. What the kernel may do to its memory all the same is seen with the next full reading.
   */
  read(extent: Extent = 'all'): CgroupSample | undefined {
    const files = this.#files
    const cpuNanos = files.readNumber('cpuacct/cpuacct.usage')
    const readAtMs = performance.now()
    const memoryUsageBytes = files.readNumber('memory/memory.usage_in_bytes')
    if (cpuNanos === undefined && memoryUsageBytes === undefined) return undefined
    const last = this.#last
    const isStill =
      cpuNanos !== undefined &&
      last?.cpuNanos === cpuNanos &&
      last.memoryUsageBytes === memoryUsageBytes
    const threads = files.readNumber('pids/pids.current')
    const devices = this.#devices.read()
    this.#last =
      extent === 'moving' && isStill
        ? { ...last, readAtMs, threads, devices }
        : this.#readAll({ readAtMs, cpuNanos, memoryUsageBytes, threads, devices }, extent)
    return this.#last
  }

  #readAll(
    { readAtMs, cpuNanos, memoryUsageBytes, threads, devices }: Moved,
    extent: Extent,
  ): CgroupSample {
    const files = this.#files
    files.readFlat('cpuacct/cpuacct.stat', cpuacctStat)
    files.readFlat('memory/memory.stat', memoryStat)
    this.#readHits(extent)
    this.#readThrottling(extent)
    return {
      readAtMs,
      cpuNanos,
      cpuUserNanos: cpuacctStat.get('user', nanosPerTick),
      cpuSystemNanos: cpuacctStat.get('system', nanosPerTick),
      quotaPeriods: this.#quotaPeriods,
      throttledPeriods: this.#throttledPeriods,
      throttledNanos: this.#throttledNanos,
      memoryUsageBytes,
      memoryAnonBytes: plausible(memoryStat.get('total_rss')),
      memoryFileBytes: plausible(memoryStat.get('total_cache')),
      memoryInactiveFileBytes: plausible(memoryStat.get('total_inactive_file')),
      memoryKernelBytes: files.readNumber('memory/memory.kmem.usage_in_bytes'),
      memorySwapBytes: plausible(memoryStat.get('total_swap')),
      memoryLimitHits: this.#limitHits,
      oomKills: this.#oomKills,
      pageFaults: memoryStat.get('total_pgfault'),
      majorPageFaults: memoryStat.get('total_pgmajfault'),
      threads,
      devices,
      cpuStalledNanos: undefined,
      memoryStalledNanos: undefined,
      ioStalledNanos: undefined,
    }
  }

  readLimits(): CgroupLimits {
    const files = this.#files
    const ownQuotaCores = toCores(
      files.readNumberOnce('cpu/cpu.cfs_quota_us'),
      files.readNumberOnce('cpu/cpu.cfs_period_us'),
    )
    this.#hasQuota = ownQuotaCores !== undefined
    files.readFlat('memory/memory.stat', memoryStat)
    const memoryAndSwapBytes = toLimit(memoryStat.get('hierarchical_memsw_limit'))
    return {
      quotaCores:
        ownQuotaCores ??
        toCores(
          this.#parent.readNumberOnce('cpu.cfs_quota_us'),
          this.#parent.readNumberOnce('cpu.cfs_period_us'),
        ),
      cpusetCores: countCpus(files.readTextOnce('cpuset/cpuset.cpus')),
      cpuShares: files.readNumberOnce('cpu/cpu.shares'),
      memoryBytes: toLimit(memoryStat.get('hierarchical_memory_limit')),
      memorySoftBytes: toLimit(files.readNumberOnce('memory/memory.soft_limit_in_bytes')),
      memorySwapBytes: memoryAndSwapBytes,
      memoryAndSwapBytes,
      memoryPeakBytes: this.readMemoryPeak(),
      threads: files.readNumberOnce('pids/pids.max'),
    }
  }

  readMemoryPeak(): number | undefined {
    return this.#files.readNumberOnce('memory/memory.max_usage_in_bytes')
  }

  close(): void {
    this.#files.close()
    this.#parent.close()
  }

  /** Without a quota of its own it is never made to wait. */
  #readThrottling(extent: Extent): void {
    if (extent !== 'all' && !this.#hasQuota) return
    this.#files.readFlat('cpu/cpu.stat', cpuStat)
    this.#quotaPeriods = cpuStat.get('nr_periods')
    this.#throttledPeriods = cpuStat.get('nr_throttled')
    this.#throttledNanos = cpuStat.get('throttled_time')
  }

  /**
   * Without a limit it cannot be hit, and where it was not hit lately nothing was killed for it: then seldom is enough. The
   * kill comes a little after the hit.
   */
  #readHits(extent: Extent): void {
    const hasLimit = toLimit(memoryStat.get('hierarchical_memory_limit')) !== undefined
    if (extent !== 'all' && !hasLimit) return
    const limitHits = this.#files.readNumber('memory/memory.failcnt')
    this.#readingsToKill = limitHits === this.#limitHits ? this.#readingsToKill - 1 : readingsToKill
    this.#limitHits = limitHits
    if (extent !== 'all' && this.#readingsToKill < 0) return
    this.#files.readFlat('memory/memory.oom_control', oomControl)
    this.#oomKills = oomControl.get('oom_kill')
  }
}

type Moved = Pick<
  CgroupSample,
  'readAtMs' | 'cpuNanos' | 'memoryUsageBytes' | 'threads' | 'devices'
>

function parseCounts(bytes: Buffer, length: number): readonly BlkioCounts[] {
  return parseBlkio(bytes, length, deviceNames)
}

/** A quota of -1 is none. */
function toCores(quota: number | undefined, period: number | undefined): number | undefined {
  if (quota === undefined || period === undefined || quota <= 0 || period <= 0) return undefined
  return quota / period
}

/** 0 is no limit that a container could live with. */
function toLimit(bytes: number | undefined): number | undefined {
  return bytes !== undefined && bytes > 0 && bytes < unlimitedBytes ? bytes : undefined
}

function plausible(value: number | undefined): number | undefined {
  return value !== undefined && value < belowZero ? value : undefined
}

/**
 * The two files that together say what `io.stat` does on v2. Operations move bytes: the second file is read only when the
 * first has changed, so that one without bytes (a flush) counts with the next that has some.
 */
class BlkioDevices {
  readonly #files: FolderFiles<string>
  #bytes: readonly BlkioCounts[] = []
  #devices: readonly DeviceIo[] = []

  constructor(files: FolderFiles<string>) {
    this.#files = files
  }

  read(): readonly DeviceIo[] | undefined {
    const bytes = this.#files.readBytes('blkio/blkio.throttle.io_service_bytes', parseCounts)
    if (bytes === undefined || isSame(bytes, this.#bytes)) return bytes && this.#devices
    const operations = this.#files.readBytes('blkio/blkio.throttle.io_serviced', parseCounts)
    this.#bytes = bytes
    this.#devices = joinBlkio(bytes, operations ?? [])
    return this.#devices
  }
}

function isSame(left: readonly BlkioCounts[], right: readonly BlkioCounts[]): boolean {
  if (left.length !== right.length) return false
  for (let i = 0; i < left.length; i += 1) {
    const [a, b] = [left[i], right[i]]
    if (a?.device !== b?.device || a?.read !== b?.read || a?.write !== b?.write) return false
  }
  return true
}
