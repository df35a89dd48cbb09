import { existsSync, readFileSync } from 'node:fs'

/** What must stand in which file for a metric to exist; the first group, where there is one, is its value. */
type Rule = readonly [file: string, pattern: RegExp]

/** The same metric on the two versions of cgroup; absent on one that does not have it. */
interface Rules {
  readonly v1?: Rule
  readonly v2?: Rule
}

const number = /^(\d+)$/m
const limited = /^(?!9223372036854771712$)([1-9]\d*)$/m

function key(name: string): RegExp {
  return new RegExp(`^${name} (\\d+)$`, 'm')
}

function limitedKey(name: string): RegExp {
  return new RegExp(`^${name} (?!9223372036854771712$)([1-9]\\d*)$`, 'm')
}

const both = (rule: Rule): Rules => ({ v1: rule, v2: rule })
const memoryStat = (v1: string, v2: string): Rules => ({
  v1: ['memory/memory.stat', key(v1)],
  v2: ['memory.stat', key(v2)],
})
const device: Rules = {
  v1: ['blkio/blkio.throttle.io_service_bytes', /^\d+:\d+ Read \d+$/m],
  v2: ['io.stat', /^\d+:\d+ .*rbytes=\d+/m],
}
const cpuStat = (v1: string, v2: string): Rules => ({
  v1: ['cpu/cpu.stat', key(v1)],
  v2: ['cpu.stat', key(v2)],
})
const network = both(['net/dev', /^ *(?!lo:)\w+: *\d/m])
const memoryLimit: Rules = {
  v1: ['memory/memory.stat', limitedKey('hierarchical_memory_limit')],
  v2: ['memory.max', limited],
}
const kernel: Rules = {
  v1: ['memory/memory.kmem.usage_in_bytes', number],
  v2: ['memory.stat', key('slab')],
}
const limitHits: Rules = {
  v1: ['memory/memory.failcnt', number],
  v2: ['memory.events', key('oom')],
}
const softLimit: Rules = {
  v1: ['memory/memory.soft_limit_in_bytes', limited],
  v2: ['memory.low', limited],
}
const swap: Rules = {
  v1: ['memory/memory.stat', key('total_swap')],
  v2: ['memory.swap.current', number],
}
const swapLimit: Rules = {
  v1: ['memory/memory.stat', limitedKey('hierarchical_memsw_limit')],
  v2: ['memory.swap.max', limited],
}
const usage: Rules = {
  v1: ['memory/memory.usage_in_bytes', number],
  v2: ['memory.current', number],
}
const threads: Rules = {
  v1: ['pids/pids.current', number],
  v2: ['pids.current', number],
}
const threadLimit: Rules = {
  v1: ['pids/pids.max', number],
  v2: ['pids.max', number],
}
const cpuNanos: Rules = {
  v1: ['cpuacct/cpuacct.usage', number],
  v2: ['cpu.stat', key('usage_usec')],
}
const stalled = (name: string): Rules => ({
  v2: [`${name}.pressure`, /^some .*total=(\d+)$/m],
})

/** Which part of the kernel each metric of a container needs, told apart from how the program finds it. */
const kernelRules: Readonly<Record<string, Rules>> = {
  'docker.cpu.usage': cpuNanos,
  'docker.cpu.user': {
    v1: ['cpuacct/cpuacct.stat', key('user')],
    v2: ['cpu.stat', key('user_usec')],
  },
  'docker.cpu.system': {
    v1: ['cpuacct/cpuacct.stat', key('system')],
    v2: ['cpu.stat', key('system_usec')],
  },
  'docker.cpu.throttled': cpuStat('nr_throttled', 'nr_throttled'),
  'docker.cpu.throttled.time': cpuStat('throttled_time', 'throttled_usec'),
  'docker.cpu.limit': cpuNanos,
  'docker.cpu.shares': { v1: ['cpu/cpu.shares', number], v2: ['cpu.weight', number] },
  'docker.kmem.usage': kernel,
  'docker.mem.rss': memoryStat('total_rss', 'anon'),
  'docker.mem.cache': memoryStat('total_cache', 'file'),
  'docker.mem.swap': swap,
  'docker.mem.working_set': usage,
  'docker.mem.limit': memoryLimit,
  'docker.mem.in_use': memoryLimit,
  'docker.mem.soft_limit': softLimit,
  'docker.mem.sw_limit': swapLimit,
  'docker.mem.sw_in_use': swapLimit,
  'docker.mem.failed_count': limitHits,
  'docker.io.read_bytes': device,
  'docker.io.write_bytes': device,
  'docker.io.read_operations': device,
  'docker.io.write_operations': device,
  'docker.net.bytes_rcvd': network,
  'docker.net.bytes_sent': network,
  'docker.thread.count': threads,
  'docker.thread.limit': threadLimit,
  'docker.container.open_fds': threads,
  'docker.uptime': cpuNanos,
  'container.cpu.usage': cpuNanos,
  'container.cpu.user': {
    v1: ['cpuacct/cpuacct.stat', key('user')],
    v2: ['cpu.stat', key('user_usec')],
  },
  'container.cpu.system': {
    v1: ['cpuacct/cpuacct.stat', key('system')],
    v2: ['cpu.stat', key('system_usec')],
  },
  'container.cpu.throttled': cpuStat('throttled_time', 'throttled_usec'),
  'container.cpu.throttled.periods': cpuStat('nr_throttled', 'nr_throttled'),
  'container.cpu.limit': cpuNanos,
  'container.cpu.partial_stall': stalled('cpu'),
  'container.memory.usage': usage,
  'container.memory.usage.peak': {
    v1: ['memory/memory.max_usage_in_bytes', number],
    v2: ['memory.peak', number],
  },
  'container.memory.kernel': kernel,
  'container.memory.limit': memoryLimit,
  'container.memory.soft_limit': softLimit,
  'container.memory.rss': memoryStat('total_rss', 'anon'),
  'container.memory.cache': memoryStat('total_cache', 'file'),
  'container.memory.swap': swap,
  'container.memory.oom_events': limitHits,
  'container.memory.working_set': usage,
  'container.memory.page_faults': memoryStat('total_pgfault', 'pgfault'),
  'container.memory.major_page_faults': memoryStat('total_pgmajfault', 'pgmajfault'),
  'container.memory.partial_stall': stalled('memory'),
  'container.io.read': device,
  'container.io.write': device,
  'container.io.read.operations': device,
  'container.io.write.operations': device,
  'container.io.partial_stall': stalled('io'),
  ...Object.fromEntries(
    ['rcvd', 'sent'].flatMap((way) =>
      ['', '.packets', '.errors', '.drops'].map((what) => [`container.net.${way}${what}`, network]),
    ),
  ),
  'container.pid.thread_count': threads,
  'container.pid.thread_limit': threadLimit,
  'container.pid.open_files': threads,
  'container.uptime': cpuNanos,
}

const root = '/sys/fs/cgroup'
const version = existsSync(`${root}/cgroup.controllers`) ? 'v2' : 'v1'

/** One running container as the kernel's own files show it. */
export interface KernelView {
  /** Metrics that can be given, sorted. */
  readonly metrics: readonly string[]
  /** The number in the file that a metric needs. */
  readonly valueOf: (metric: string) => number
}

/** Looks through the files of a container, at this moment, with code of its own. */
export function viewKernel({ id, pid }: { readonly id: string; readonly pid: number }): KernelView {
  const values = new Map<string, number>()
  for (const [metric, rules] of Object.entries(kernelRules)) {
    const rule = rules[version]
    const found = rule && rule[1].exec(read(rule[0], id, pid))
    if (found) values.set(metric, Number(found[1]))
  }
  return {
    metrics: [...values.keys()].toSorted(),
    valueOf: (metric) => values.get(metric) ?? Number.NaN,
  }
}

function read(file: string, id: string, pid: number): string {
  const controller = file.slice(0, file.indexOf('/'))
  const name = file.slice(file.indexOf('/') + 1)
  const paths = file.startsWith('net/')
    ? [`/proc/${pid}/${file}`]
    : [`docker/${id}`, `system.slice/docker-${id}.scope`].map((folder) =>
        version === 'v1' ? `${root}/${controller}/${folder}/${name}` : `${root}/${folder}/${file}`,
      )
  const path = paths.find((candidate) => existsSync(candidate))
  try {
    return path === undefined ? '' : readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
