import { readdirSync, readFileSync } from 'node:fs'

/** Ticks a second of the kernel's CPU times, the same on every architecture Linux has. */
const ticksPerSecond = 100

/** What some processes have used since they started, and hold now. */
export interface Usage {
  readonly cpuSeconds: number
  readonly rssBytes: number
  readonly atMs: number
}

/** Adds up processes; one that is gone counts as nothing. */
export function readUsage(pids: readonly number[]): Usage {
  let cpuSeconds = 0
  let rssBytes = 0
  for (const pid of pids) {
    try {
      cpuSeconds += readCpuSeconds(`/proc/${pid}/stat`)
      const status = readFileSync(`/proc/${pid}/status`, 'latin1')
      rssBytes += Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024
    } catch {
      continue
    }
  }
  return { cpuSeconds, rssBytes, atMs: performance.now() }
}

/** The most memory that a process has held, in bytes. */
export function readPeak(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1')
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024
}

/** CPU seconds that a process's main thread has used since it started. */
export function readMainThread(pid: number): number {
  return readCpuSeconds(`/proc/${pid}/task/${pid}/stat`)
}

/** CPU seconds that all processes of this machine have used, and what its host has kept from it. */
export function readWholeMachine(): number {
  const [, user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0, steal = 0] = (
    readFileSync('/proc/stat', 'latin1').split('\n', 1)[0] ?? ''
  )
    .split(/\s+/)
    .map(Number)
  return (user + nice + system + irq + softIrq + steal) / ticksPerSecond
}

function readCpuSeconds(statPath: string): number {
  const stat = readFileSync(statPath, 'latin1')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

/** Files, sockets and the like that some processes hold open. */
export function countDescriptors(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + readdirSync(`/proc/${pid}/fd`).length, 0)
}

/** Share of one core between two readings, in percent. */
export function cpuPercent(from: Usage, to: Usage): number {
  return ((to.cpuSeconds - from.cpuSeconds) / (to.atMs - from.atMs)) * 100_000
}

/** Processes whose command line speaks of all of `texts`, such as the folder of an engine. */
export function findProcesses(...texts: readonly string[]): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && texts.every((text) => readCommand(pid).includes(text)))
}

function readCommand(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

/** The middle one; of an even number the lower of the two in the middle. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[(values.length - 1) >> 1] ?? Number.NaN
}
