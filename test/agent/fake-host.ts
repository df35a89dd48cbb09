import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** What the kernel's files of one container say; what is absent has no file. */
export interface Figures {
  readonly cpuMicros?: number
  readonly userTicks?: number
  readonly systemTicks?: number
  readonly throttledPeriods?: number
  readonly quota?: readonly [quotaMicros: number | 'max', periodMicros: number]
  readonly cpuset?: string
  readonly rss?: number
  readonly cache?: number
  readonly inactiveFile?: number
  readonly usage?: number
  readonly limit?: number
  readonly threads?: number
  /** `[device, bytes read, bytes written, reads, writes]` */
  readonly io?: readonly (readonly [string, number, number, number, number])[]
  /** `[interface, bytes received, bytes sent]` */
  readonly net?: readonly (readonly [string, number, number])[]
  /** `[interface, subnet, mask]`, hexadecimal as the kernel writes it. */
  readonly routes?: readonly (readonly [string, string, string])[]
}

const ticksPerMicro = 1 / 10_000
/** v1's way to say that there is no limit. */
const unlimited = '9223372036854771712'

/** A host in a temporary folder, with cgroups of one version and a `/proc`. */
export class FakeHost {
  readonly #version: 'v1' | 'v2'
  readonly #folder = mkdtempSync(join(tmpdir(), 'vigie-host-'))
  readonly cgroupRoot = join(this.#folder, 'cgroup')
  readonly procRoot = join(this.#folder, 'proc')

  constructor(version: 'v1' | 'v2') {
    this.#version = version
    if (version === 'v2') this.#write('cgroup/cgroup.controllers', 'cpu io memory pids')
    else
      for (const name of ['memory', 'cpuacct'])
        mkdirSync(join(this.cgroupRoot, name), { recursive: true })
    this.#write('proc/diskstats', ' 254 0 vda 1 2 3\n 254 16 vdb 1 2 3')
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** Writes the files of a container anew. */
  put(id: string, pid: number, figures: Figures): void {
    this.remove(id, pid)
    if (this.#version === 'v2') this.#putV2(id, figures)
    else this.#putV1(id, figures)
    if (figures.net) this.#putNet(pid, figures)
  }

  /** Takes the container's folders away, as the kernel does at its end. */
  remove(id: string, pid: number): void {
    for (const controller of ['', 'cpu', 'cpuacct', 'cpuset', 'memory', 'blkio', 'pids'])
      rmSync(join(this.cgroupRoot, controller, 'docker', id), { recursive: true, force: true })
    rmSync(join(this.procRoot, String(pid)), { recursive: true, force: true })
  }

  #putV2(id: string, figures: Figures): void {
    const write = (name: string, text: string | number | undefined): void => {
      if (text !== undefined) this.#write(`cgroup/docker/${id}/${name}`, String(text))
    }
    const { cpuMicros, userTicks, systemTicks, quota } = figures
    if (cpuMicros !== undefined)
      write(
        'cpu.stat',
        lines({
          usage_usec: cpuMicros,
          user_usec: userTicks && userTicks / ticksPerMicro,
          system_usec: systemTicks && systemTicks / ticksPerMicro,
          nr_periods: 1,
          nr_throttled: figures.throttledPeriods,
        }),
      )
    write('cpu.max', quota && quota.join(' '))
    write('cpuset.cpus.effective', figures.cpuset)
    const { rss, cache, inactiveFile } = figures
    if (rss !== undefined)
      write('memory.stat', lines({ anon: rss, file: cache, inactive_file: inactiveFile }))
    write('memory.current', figures.usage)
    write('memory.max', figures.limit ?? 'max')
    write('pids.current', figures.threads)
    const io = figures.io?.map(
      ([device, rb, wb, ro, wo]) =>
        `${device} rbytes=${rb} wbytes=${wb} rios=${ro} wios=${wo} dbytes=0 dios=0`,
    )
    write('io.stat', io?.join('\n'))
  }

  #putV1(id: string, figures: Figures): void {
    const write = (path: string, text: string | number | undefined): void => {
      const [controller = '', name = ''] = path.split('/')
      if (text !== undefined) this.#write(`cgroup/${controller}/docker/${id}/${name}`, String(text))
    }
    const { cpuMicros, userTicks, systemTicks, quota, rss } = figures
    write('cpuacct/cpuacct.usage', cpuMicros && cpuMicros * 1000)
    if (userTicks !== undefined)
      write('cpuacct/cpuacct.stat', lines({ user: userTicks, system: systemTicks }))
    if (figures.throttledPeriods !== undefined)
      write('cpu/cpu.stat', lines({ nr_periods: 1, nr_throttled: figures.throttledPeriods }))
    write('cpu/cpu.cfs_quota_us', quota && (quota[0] === 'max' ? -1 : quota[0]))
    write('cpu/cpu.cfs_period_us', quota && quota[1])
    write('cpuset/cpuset.cpus', figures.cpuset)
    if (rss !== undefined)
      write(
        'memory/memory.stat',
        lines({
          rss: 1,
          total_rss: rss,
          total_cache: figures.cache,
          total_inactive_file: figures.inactiveFile,
          hierarchical_memory_limit: figures.limit ?? unlimited,
        }),
      )
    write('memory/memory.usage_in_bytes', figures.usage)
    write('pids/pids.current', figures.threads)
    write('blkio/blkio.throttle.io_service_bytes', blkioLines(figures.io, 1))
    write('blkio/blkio.throttle.io_serviced', blkioLines(figures.io, 3))
  }

  #putNet(pid: number, { net = [], routes = [] }: Figures): void {
    const traffic = net.map(
      ([name, received, sent]) => `  ${name}: ${received} 0 0 0 0 0 0 0 ${sent} 0 0 0 0 0 0 0`,
    )
    this.#write(`proc/${pid}/net/dev`, ['head', 'head', ...traffic].join('\n'))
    const routed = routes.map(
      ([name, subnet, mask]) => `${name}\t${subnet}\t0\t1\t0\t0\t0\t${mask}\t0\t0\t0`,
    )
    this.#write(`proc/${pid}/net/route`, ['head', ...routed].join('\n'))
  }

  #write(path: string, text: string): void {
    const full = join(this.#folder, path)
    mkdirSync(dirname(full), { recursive: true })
    writeFileSync(full, `${text}\n`)
  }
}

function lines(values: Readonly<Record<string, number | string | undefined>>): string {
  return Object.entries(values)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`]))
    .join('\n')
}

/** Reads stand at `first` of each device, writes behind. */
function blkioLines(io: Figures['io'], first: 1 | 3): string | undefined {
  if (io === undefined) return undefined
  const each = io.flatMap(([device, ...counts]) => [
    `${device} Read ${counts[first - 1]}`,
    `${device} Write ${counts[first]}`,
    `${device} Total ${(counts[first - 1] ?? 0) + (counts[first] ?? 0)}`,
  ])
  return [...each, `Total 0`].join('\n')
}
