import { z } from 'zod'

/** What the engine has counted for one container; a figure that it does not tell is absent. Counters only grow. */
export interface EngineStats {
  /** When it read them, by its own clock; Unix milliseconds. */
  readonly readAtMs: number
  readonly cpuNanos: number | undefined
  readonly cpuUserNanos: number | undefined
  readonly cpuSystemNanos: number | undefined
  /** CPUs of the engine's machine that the container may run on. */
  readonly onlineCpus: number | undefined
  readonly quotaPeriods: number | undefined
  readonly throttledPeriods: number | undefined
  readonly throttledNanos: number | undefined
  readonly memoryUsageBytes: number | undefined
  readonly memoryPeakBytes: number | undefined
  readonly memoryAnonBytes: number | undefined
  readonly memoryFileBytes: number | undefined
  readonly memoryInactiveFileBytes: number | undefined
  readonly memoryKernelBytes: number | undefined
  readonly memoryLimitHits: number | undefined
  readonly pageFaults: number | undefined
  readonly majorPageFaults: number | undefined
  readonly threads: number | undefined
  readonly threadLimit: number | undefined
  readonly devices: readonly EngineDevice[] | undefined
  readonly interfaces: readonly EngineInterface[] | undefined
}

/** One block device; engines on cgroup v2 tell bytes only. */
export interface EngineDevice {
  /** `major:minor` */
  readonly device: string
  readonly readBytes: number
  readonly writtenBytes: number
  readonly readOperations: number | undefined
  readonly writeOperations: number | undefined
}

/** One interface, as it is named in the container; Podman tells the sum of all as `network`. */
export interface EngineInterface {
  readonly name: string
  readonly receivedBytes: number
  readonly sentBytes: number
  readonly receivedPackets: number
  readonly sentPackets: number
  readonly receiveErrors: number
  readonly sendErrors: number
  readonly receiveDrops: number
  readonly sendDrops: number
}

/** What is no number, or as much as "no limit" is written, counts as absent. */
const figure = z.number().min(0).lt(2 ** 63).optional().catch(undefined) // prettier-ignore
const count = z.number().catch(0)
const deviceSchema = z.looseObject({
  major: z.number(),
  minor: z.number(),
  op: z.string(),
  value: z.number(),
})
const deviceList = z.array(deviceSchema).nullish().catch(undefined)
const interfaceSchema = z.looseObject({
  rx_bytes: z.number(),
  rx_packets: count,
  rx_errors: count,
  rx_dropped: count,
  tx_bytes: z.number(),
  tx_packets: count,
  tx_errors: count,
  tx_dropped: count,
})

const cpuSchema = z.looseObject({
  cpu_usage: z.looseObject({
    total_usage: figure,
    usage_in_usermode: figure,
    usage_in_kernelmode: figure,
  }),
  online_cpus: figure,
  throttling_data: z
    .looseObject({ periods: figure, throttled_periods: figure, throttled_time: figure })
    .nullish()
    .catch(undefined),
})
const memorySchema = z.looseObject({
  usage: figure,
  max_usage: figure,
  failcnt: figure,
  stats: z.record(z.string(), figure).nullish().catch(undefined),
})
const schema = z.looseObject({
  read: z.string(),
  cpu_stats: cpuSchema.nullish().catch(undefined),
  memory_stats: memorySchema.nullish().catch(undefined),
  pids_stats: z.looseObject({ current: figure, limit: figure }).nullish().catch(undefined),
  blkio_stats: z
    .looseObject({ io_service_bytes_recursive: deviceList, io_serviced_recursive: deviceList })
    .nullish()
    .catch(undefined),
  networks: z.record(z.string(), interfaceSchema).nullish().catch(undefined),
})

type Raw = z.infer<typeof schema>
type RawDevice = z.infer<typeof deviceSchema>

/**
 * Reads the answer to `GET /containers/<id>/stats`, of an engine on cgroup v1 or v2.
 * @returns `undefined` for a container that does not run: the engine then says it read it in the year 1.
 * @throws {z.ZodError} For what is no such answer.
 * @see Docker Engine API, ContainerStats
 */
export function parseStats(json: unknown): EngineStats | undefined {
  const raw = schema.parse(json)
  const readAtMs = Date.parse(raw.read)
  if (Number.isNaN(readAtMs) || readAtMs <= 0) return undefined
  return {
    readAtMs,
    ...readCpu(raw.cpu_stats),
    ...readMemory(raw.memory_stats),
    threads: positive(raw.pids_stats?.current),
    threadLimit: positive(raw.pids_stats?.limit),
    devices: readDevices(raw.blkio_stats),
    interfaces: readInterfaces(raw.networks),
  }
}

type Cpu =
  | 'cpuNanos' | 'cpuUserNanos' | 'cpuSystemNanos' | 'onlineCpus' | 'quotaPeriods' | 'throttledPeriods'
  | 'throttledNanos' // prettier-ignore

/**
 * The engine writes a zero for what it has not read: a process that runs has used some time, whether in user or in kernel
 * mode, and without a quota there are no periods.
 */
function readCpu(raw: Raw['cpu_stats']): Pick<EngineStats, Cpu> {
  const {
    total_usage: total,
    usage_in_usermode: user,
    usage_in_kernelmode: system,
  } = raw?.cpu_usage ?? {}
  const isSplit = (user ?? 0) + (system ?? 0) > 0
  return {
    cpuNanos: positive(total),
    cpuUserNanos: isSplit ? user : undefined,
    cpuSystemNanos: isSplit ? system : undefined,
    onlineCpus: positive(raw?.online_cpus),
    ...readThrottling(raw?.throttling_data),
  }
}

function readThrottling(
  raw: NonNullable<Raw['cpu_stats']>['throttling_data'],
): Pick<EngineStats, 'quotaPeriods' | 'throttledPeriods' | 'throttledNanos'> {
  const hasPeriods = (raw?.periods ?? 0) > 0
  return {
    quotaPeriods: positive(raw?.periods),
    throttledPeriods: hasPeriods ? raw?.throttled_periods : undefined,
    throttledNanos: hasPeriods ? raw?.throttled_time : undefined,
  }
}

type Memory =
  | 'memoryUsageBytes' | 'memoryPeakBytes' | 'memoryAnonBytes' | 'memoryFileBytes' | 'memoryInactiveFileBytes'
  | 'memoryKernelBytes' | 'memoryLimitHits' | 'pageFaults' | 'majorPageFaults' // prettier-ignore

function readMemory(raw: Raw['memory_stats']): Pick<EngineStats, Memory> {
  const first = (...names: readonly string[]): number | undefined => firstOf(raw?.stats, names)
  const [stack, slab] = [first('kernel_stack'), first('slab')]
  return {
    memoryUsageBytes: positive(raw?.usage),
    memoryPeakBytes: positive(raw?.max_usage),
    memoryAnonBytes: first('total_rss', 'rss', 'anon'),
    memoryFileBytes: first('total_cache', 'cache', 'file'),
    memoryInactiveFileBytes: first('total_inactive_file', 'inactive_file'),
    memoryKernelBytes: stack === undefined || slab === undefined ? undefined : stack + slab,
    memoryLimitHits: raw?.failcnt,
    pageFaults: first('total_pgfault', 'pgfault'),
    majorPageFaults: first('total_pgmajfault', 'pgmajfault'),
  }
}

/** `stats` is the kernel's `memory.stat`: on v1 with `total_` before what includes the cgroups below. */
function firstOf(
  stats: Readonly<Record<string, number | undefined>> | null | undefined,
  names: readonly string[],
): number | undefined {
  return names.map((name) => stats?.[name]).find((value) => value !== undefined)
}

function positive(value: number | undefined): number | undefined {
  return value === undefined || value <= 0 ? undefined : value
}

/** The engine's list is empty both for a container that used no device and where the kernel does not count: no figures. */
function readDevices(raw: Raw['blkio_stats']): readonly EngineDevice[] | undefined {
  const bytes = sumByDevice(raw?.io_service_bytes_recursive ?? [])
  if (bytes.size === 0) return undefined
  const operations = sumByDevice(raw?.io_serviced_recursive ?? [])
  return [...bytes].map(([device, { read, write }]) => ({
    device,
    readBytes: read,
    writtenBytes: write,
    readOperations: operations.get(device)?.read,
    writeOperations: operations.get(device)?.write,
  }))
}

function sumByDevice(
  entries: readonly RawDevice[],
): ReadonlyMap<string, { readonly read: number; readonly write: number }> {
  const devices = new Map<string, { read: number; write: number }>()
  for (const { major, minor, op, value } of entries) {
    const device = `${major}:${minor}`
    const sums = devices.get(device) ?? { read: 0, write: 0 }
    if (op.toLowerCase() === 'read') sums.read += value
    if (op.toLowerCase() === 'write') sums.write += value
    devices.set(device, sums)
  }
  return devices
}

function readInterfaces(raw: Raw['networks']): readonly EngineInterface[] | undefined {
  if (raw === undefined || raw === null) return undefined
  return Object.entries(raw).map(([name, one]) => ({
    name,
    receivedBytes: one.rx_bytes,
    sentBytes: one.tx_bytes,
    receivedPackets: one.rx_packets,
    sentPackets: one.tx_packets,
    receiveErrors: one.rx_errors,
    sendErrors: one.tx_errors,
    receiveDrops: one.rx_dropped,
    sendDrops: one.tx_dropped,
  }))
}
