import type { CgroupLimits, CgroupReader, CgroupSample } from '../../cgroup/sample.ts'
import type { NetReader } from '../../cgroup/net-reader.ts'
import type { DeviceIo } from '../../cgroup/parse-io.ts'
import type { EngineContainer } from '../../docker/parse-inspect.ts'
import type { Point } from '../../model/series.ts'
import { Rate } from '../../component/rate.ts'
import { SeriesSet } from '../../component/series-set.ts'

/** What a running container is read from. */
export interface Readers {
  readonly cgroup: CgroupReader
  /** Absent where the container's own processes cannot be seen. */
  readonly net: NetReader | undefined
  /** Name of the Docker network behind an interface; the interface's own name where there is none. */
  readonly networkOf: (interfaceName: string) => string
  readonly deviceName: (device: string) => string | undefined
  readonly hostCpuCount: number
}

/** Limits change only by `docker update`, which the engine tells; this is for what it does not tell. */
const limitsEveryMs = 10_000
const nanosPerPercent = 1e7

/** One running container: reads its files at each tick and turns counters into rates. */
export class FollowedContainer {
  readonly #readers: Readers
  readonly #series: SeriesSet
  readonly #startedAtMs: number | undefined
  readonly #rates = new Map<string, Rate>()
  #limits: CgroupLimits | undefined
  #limitsReadAtMs = 0

  constructor(
    container: EngineContainer,
    readers: Readers,
    identity: { host: string; tags: readonly string[]; intervalS: number },
  ) {
    this.#readers = readers
    this.#startedAtMs = container.startedAtMs
    this.#series = new SeriesSet(identity.host, identity.tags, identity.intervalS)
  }

  /**
   * Reads once and gives the points of this moment; the first call has no rates. A figure that could not be read has no
   * point.
   * @returns `undefined` when the cgroup is gone.
   * @see docs/reference/metrics.md for each formula
   */
  sample(timeMs: number): readonly Point[] | undefined {
    const sample = this.#readers.cgroup.read()
    if (sample === undefined) return undefined
    const limits = this.#readLimits(sample.readAtMs)
    const points: Point[] = []
    const add = (
      metric: string,
      value: number | undefined,
      extraTags?: readonly string[],
    ): void => {
      if (value === undefined) return
      points.push(
        this.#series.point(
          metric,
          value,
          extraTags === undefined ? { timeMs } : { timeMs, extraTags },
        ),
      )
    }
    this.#addCpu(sample, limits, add)
    addMemory(sample, limits, add)
    this.#addIo(sample, add)
    this.#addNet(add)
    add('docker.thread.count', sample.threads)
    if (this.#startedAtMs !== undefined && timeMs >= this.#startedAtMs) {
      add('docker.uptime', (timeMs - this.#startedAtMs) / 1000)
    }
    return points
  }

  /** Reads the limits anew at the next sample. */
  forgetLimits(): void {
    this.#limits = undefined
  }

  close(): void {
    this.#readers.cgroup.close()
    this.#readers.net?.close()
  }

  #readLimits(nowMs: number): CgroupLimits {
    if (this.#limits === undefined || nowMs - this.#limitsReadAtMs > limitsEveryMs) {
      this.#limits = this.#readers.cgroup.readLimits()
      this.#limitsReadAtMs = nowMs
    }
    return this.#limits
  }

  #addCpu(sample: CgroupSample, limits: CgroupLimits, add: AddPoint): void {
    const percent = (name: string, nanos: number | undefined): number | undefined => {
      const perSecond = this.#rate(name, nanos, sample.readAtMs)
      return perSecond === undefined ? undefined : perSecond / nanosPerPercent
    }
    add('docker.cpu.usage', percent('cpu', sample.cpuNanos))
    add('docker.cpu.user', percent('user', sample.cpuUserNanos))
    add('docker.cpu.system', percent('system', sample.cpuSystemNanos))
    add('docker.cpu.throttled', this.#rate('throttled', sample.throttledPeriods, sample.readAtMs))
    const { quotaCores = Number.POSITIVE_INFINITY, cpusetCores = Number.POSITIVE_INFINITY } = limits
    add('docker.cpu.limit', Math.min(quotaCores, cpusetCores, this.#readers.hostCpuCount) * 100)
  }

  #addIo(sample: CgroupSample, add: AddPoint): void {
    const nameless = new Map<string, number>()
    for (const io of sample.devices ?? []) {
      const name = this.#readers.deviceName(io.device)
      const tags = name === undefined ? undefined : [`device:${name}`, `device_name:${name}`]
      for (const [metric, value] of ioCounters(io)) {
        const rate = this.#rate(`${metric} ${io.device}`, value, sample.readAtMs)
        if (tags !== undefined) add(metric, rate, tags)
        else if (rate !== undefined) nameless.set(metric, (nameless.get(metric) ?? 0) + rate)
      }
    }
    for (const [metric, rate] of nameless) add(metric, rate)
  }

  #addNet(add: AddPoint): void {
    const interfaces = this.#readers.net?.read()
    const readAtMs = performance.now()
    for (const { name, receivedBytes, sentBytes } of interfaces ?? []) {
      const tags = [`docker_network:${this.#readers.networkOf(name)}`]
      add('docker.net.bytes_rcvd', this.#rate(`rcvd ${name}`, receivedBytes, readAtMs), tags)
      add('docker.net.bytes_sent', this.#rate(`sent ${name}`, sentBytes, readAtMs), tags)
    }
  }

  #rate(name: string, value: number | undefined, atMs: number): number | undefined {
    let rate = this.#rates.get(name)
    if (rate === undefined) {
      rate = new Rate()
      this.#rates.set(name, rate)
    }
    return rate.next(value, atMs)
  }
}

type AddPoint = (metric: string, value: number | undefined, extraTags?: readonly string[]) => void

function ioCounters(io: DeviceIo): readonly (readonly [string, number])[] {
  return [
    ['docker.io.read_bytes', io.readBytes],
    ['docker.io.write_bytes', io.writtenBytes],
    ['docker.io.read_operations', io.readOperations],
    ['docker.io.write_operations', io.writeOperations],
  ]
}

function addMemory(sample: CgroupSample, limits: CgroupLimits, add: AddPoint): void {
  const {
    memoryUsageBytes: usage,
    memoryInactiveFileBytes: inactive,
    memoryAnonBytes: rss,
  } = sample
  add('docker.mem.rss', rss)
  add('docker.mem.cache', sample.memoryFileBytes)
  add('docker.mem.limit', limits.memoryBytes)
  if (limits.memoryBytes !== undefined && rss !== undefined)
    add('docker.mem.in_use', rss / limits.memoryBytes)
  if (usage !== undefined && inactive !== undefined)
    add('docker.mem.working_set', Math.max(0, usage - inactive))
}
