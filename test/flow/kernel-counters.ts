import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** What the kernel says of one container at the beginning of a second. */
export interface KernelReading {
  readonly timeS: number
  readonly cpuNanos: number
  readonly rssBytes: number
  readonly workingSetBytes: number
}

export interface KernelCounters {
  /** Waits for the n-th whole second from now and reads then. */
  readonly readAtWholeSecond: (n: number) => Promise<KernelReading>
}

const root = '/sys/fs/cgroup'

/** Reads a container's cgroup files with code of its own, on v1 and v2, whichever driver made them. */
export function openKernelCounters(id: string): KernelCounters {
  const isV2 = existsSync(`${root}/cgroup.controllers`)
  const paths = [`docker/${id}`, `system.slice/docker-${id}.scope`]
  const base = paths.find((path) => existsSync(isV2 ? `${root}/${path}` : `${root}/memory/${path}`))
  if (base === undefined) throw new Error(`No cgroup of ${id} below ${root}`)
  const read = isV2 ? () => readV2(`${root}/${base}`) : () => readV1(base)
  return {
    async readAtWholeSecond(n) {
      const timeS = Math.floor(Date.now() / 1000) + n
      await sleep(timeS * 1000 - Date.now())
      return { timeS, ...(await read()) }
    },
  }
}

async function readV1(base: string): Promise<Omit<KernelReading, 'timeS'>> {
  const [usage, stat, memory] = await Promise.all([
    readFile(`${root}/cpuacct/${base}/cpuacct.usage`, 'utf8'),
    readFile(`${root}/memory/${base}/memory.stat`, 'utf8'),
    readFile(`${root}/memory/${base}/memory.usage_in_bytes`, 'utf8'),
  ])
  return {
    cpuNanos: Number(usage),
    rssBytes: field(stat, 'total_rss'),
    workingSetBytes: Number(memory) - field(stat, 'total_inactive_file'),
  }
}

async function readV2(folder: string): Promise<Omit<KernelReading, 'timeS'>> {
  const [cpu, stat, memory] = await Promise.all(
    ['cpu.stat', 'memory.stat', 'memory.current'].map((name) =>
      readFile(`${folder}/${name}`, 'utf8'),
    ),
  )
  return {
    cpuNanos: field(cpu ?? '', 'usage_usec') * 1000,
    rssBytes: field(stat ?? '', 'anon'),
    workingSetBytes: Number(memory) - field(stat ?? '', 'inactive_file'),
  }
}

function field(text: string, name: string): number {
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1])
}
