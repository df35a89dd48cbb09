import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
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
  readonly throttledMicros?: number
  readonly swap?: number
  readonly kernelMemory?: number
  readonly limitHits?: number
  readonly oomKills?: number
  readonly pageFaults?: number
  readonly majorPageFaults?: number
  /** v1 shares; v2 has a weight instead. */
  readonly shares?: number
  readonly weight?: number
  readonly softLimit?: number
  /** Memory and swap together on v1, swap alone on v2. */
  readonly swapLimit?: number
  readonly peak?: number
  readonly threadLimit?: number
  /** v2 only: microseconds of waiting for CPU, memory and I/O. */
  readonly stalledMicros?: readonly [cpu: number, memory: number, io: number]
  /** Files that the first process holds open. */
  readonly openFiles?: number
  /** What `/proc/<pid>/cgroup` says; no such file where it is absent. */
  readonly processCgroup?: string
  /** Network namespace of the first process, such as `net:[1]`. */
  readonly netns?: string
  /** `[device, bytes read, bytes written, reads, writes]` */
  readonly io?: readonly (readonly [string, number, number, number, number])[]
  /** `[interface, bytes received, bytes sent]`, and packets, errors and drops of each way. */
  readonly net?: readonly (readonly [
    string,
    number,
    number,
    (readonly number[])?,
    (readonly number[])?,
  ])[]
  /** `[interface, subnet, mask]`, hexadecimal as the kernel writes it. */
  readonly routes?: readonly (readonly [string, string, string])[]
  /** `[address, interface]`, 32 hexadecimal digits. */
  readonly addresses6?: readonly (readonly [string, string])[]
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
    this.#putProcess(id, pid, figures)
    if (figures.net) this.#putNet(pid, figures)
  }

  /** Puts a network namespace of its own under the first process of the host. */
  putHostNetns(name: string): void {
    this.#link(`proc/1/ns/net`, name)
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
          throttled_usec: figures.throttledMicros,
        }),
      )
    write('cpu.weight', figures.weight)
    write('cpu.max', quota && quota.join(' '))
    write('cpuset.cpus.effective', figures.cpuset)
    const { rss, cache, inactiveFile } = figures
    if (rss !== undefined)
      write(
        'memory.stat',
        lines({
          anon: rss,
          file: cache,
          kernel_stack: figures.kernelMemory && figures.kernelMemory / 2,
          slab: figures.kernelMemory && figures.kernelMemory / 2,
          inactive_file: inactiveFile,
          pgfault: figures.pageFaults,
          pgmajfault: figures.majorPageFaults,
        }),
      )
    write('memory.current', figures.usage)
    write('memory.max', figures.limit ?? 'max')
    write('memory.low', figures.softLimit)
    write('memory.peak', figures.peak)
    write('memory.swap.current', figures.swap)
    write('memory.swap.max', figures.swapLimit)
    if (figures.limitHits !== undefined)
      write('memory.events', lines({ max: 9, oom: figures.limitHits, oom_kill: figures.oomKills }))
    write('pids.current', figures.threads)
    write('pids.max', figures.threadLimit)
    for (const [index, name] of ['cpu', 'memory', 'io'].entries()) {
      const total = figures.stalledMicros?.[index]
      if (total !== undefined)
        write(`${name}.pressure`, `some avg10=0.00 avg60=0.00 avg300=0.00 total=${total}`)
    }
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
      write(
        'cpu/cpu.stat',
        lines({
          nr_periods: 1,
          nr_throttled: figures.throttledPeriods,
          throttled_time: figures.throttledMicros && figures.throttledMicros * 1000,
        }),
      )
    write('cpu/cpu.shares', figures.shares)
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
          total_swap: figures.swap,
          total_pgfault: figures.pageFaults,
          total_pgmajfault: figures.majorPageFaults,
          hierarchical_memory_limit: figures.limit ?? unlimited,
          hierarchical_memsw_limit: figures.swapLimit ?? unlimited,
        }),
      )
    write('memory/memory.usage_in_bytes', figures.usage)
    write('memory/memory.kmem.usage_in_bytes', figures.kernelMemory)
    write('memory/memory.failcnt', figures.limitHits)
    write('memory/memory.max_usage_in_bytes', figures.peak)
    write('memory/memory.soft_limit_in_bytes', figures.softLimit)
    if (figures.oomKills !== undefined)
      write('memory/memory.oom_control', lines({ under_oom: 0, oom_kill: figures.oomKills }))
    write('pids/pids.current', figures.threads)
    write('pids/pids.max', figures.threadLimit)
    write('blkio/blkio.throttle.io_service_bytes', blkioLines(figures.io, 1))
    write('blkio/blkio.throttle.io_serviced', blkioLines(figures.io, 3))
  }

  #putProcess(id: string, pid: number, { openFiles, processCgroup, netns }: Figures): void {
    if (processCgroup !== undefined) this.#write(`proc/${pid}/cgroup`, processCgroup)
    if (netns !== undefined) this.#link(`proc/${pid}/ns/net`, netns)
    if (openFiles === undefined) return
    const folder = this.#version === 'v2' ? 'cgroup/docker' : 'cgroup/memory/docker'
    this.#write(`${folder}/${id}/cgroup.procs`, String(pid))
    const path = `proc/${pid}/fd`
    mkdirSync(join(this.#folder, path), { recursive: true })
    for (let fd = 0; fd < openFiles; fd += 1) this.#write(`${path}/${fd}`, '')
  }

  #putNet(pid: number, { net = [], routes = [], addresses6 }: Figures): void {
    const traffic = net.map(([name, received, sent, more = [0, 0, 0], moreSent = [0, 0, 0]]) => {
      const both = [received, ...more, 0, 0, 0, 0, sent, ...moreSent, 0, 0, 0, 0]
      return `  ${name}: ${both.join(' ')}`
    })
    this.#write(`proc/${pid}/net/dev`, ['head', 'head', ...traffic].join('\n'))
    const routed = routes.map(
      ([name, subnet, mask]) => `${name}\t${subnet}\t0\t1\t0\t0\t0\t${mask}\t0\t0\t0`,
    )
    this.#write(`proc/${pid}/net/route`, ['head', ...routed].join('\n'))
    const six = addresses6?.map(([address, name]) => `${address} 0a 40 00 80 ${name}`)
    if (six !== undefined) this.#write(`proc/${pid}/net/if_inet6`, six.join('\n'))
  }

  #link(path: string, target: string): void {
    const full = join(this.#folder, path)
    mkdirSync(dirname(full), { recursive: true })
    rmSync(full, { force: true })
    symlinkSync(target, full)
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
