import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What `/proc` tells of one process. A figure that could not be read is absent. */
export interface ProcessReading {
  readonly pid: number
  readonly parentPid: number
  readonly uid: number | undefined
  /** One letter, as the kernel writes it. */
  readonly state: string
  /** Its name, of at most 15 characters. */
  readonly name: string
  readonly threads: number | undefined
  readonly rssBytes: number | undefined
  /** CPU time since its start, of which the kernel tells hundredths of a second. */
  readonly cpuSeconds: number
  /** Seconds after the host's start. */
  readonly startedAfterS: number
}

/** Of what times in `/proc` are multiples, on every architecture that Linux has. */
const ticksPerSecond = 100
const longestArguments = 4096

/**
 * One process.
 * @returns `undefined` when it has ended.
 * @see proc_pid_stat(5), proc_pid_status(5)
 */
export function readProcess(procRoot: string, pid: number): ProcessReading | undefined {
  const folder = join(procRoot, String(pid))
  const stat = readText(join(folder, 'stat'))
  // The name stands in parentheses, and may have some in it.
  const nameEnds = stat?.lastIndexOf(')') ?? -1
  if (stat === undefined || nameEnds < 0) return undefined
  const fields = stat.slice(nameEnds + 2).split(' ')
  const status = readText(join(folder, 'status')) ?? ''
  const rssKibibytes = numberOf(status, /^VmRSS:\s+(\d+) kB$/m)
  return {
    pid,
    name: stat.slice(stat.indexOf('(') + 1, nameEnds),
    state: fields[0] ?? '?',
    parentPid: Number(fields[1]),
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
    startedAfterS: Number(fields[19]) / ticksPerSecond,
    uid: numberOf(status, /^Uid:\s+\d+\s+(\d+)/m),
    threads: numberOf(status, /^Threads:\s+(\d+)$/m),
    rssBytes: rssKibibytes === undefined ? undefined : rssKibibytes * 1024,
  }
}

/** The arguments that a process was started with, or gave itself; none of one that has ended or belongs to the kernel. */
export function readArguments(procRoot: string, pid: number): readonly string[] {
  const text = readText(join(procRoot, String(pid), 'cmdline'), 'utf8') ?? ''
  return text
    .slice(0, longestArguments)
    .replace(/\0+$/, '')
    .split('\0')
    .filter((_, at, all) => all.length > 1 || all[at] !== '')
}

/** When the host was started, Unix seconds; `undefined` when that cannot be read. */
export function readBootTime(procRoot: string): number | undefined {
  return numberOf(readText(join(procRoot, 'stat')) ?? '', /^btime (\d+)$/m)
}

function numberOf(text: string, pattern: RegExp): number | undefined {
  const digits = pattern.exec(text)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

function readText(path: string, encoding: BufferEncoding = 'latin1'): string | undefined {
  try {
    return readFileSync(path, encoding)
  } catch {
    return undefined
  }
}
