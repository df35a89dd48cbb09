import { findPids } from '../../../cgroup/find-pids.ts'
import type { Hierarchy } from '../../../cgroup/hierarchy.ts'
import {
  readArguments,
  readBootTime,
  readProcess,
  type ProcessReading,
} from '../../../cgroup/read-process.ts'
import type { WatchedContainers } from '../../../component/watched-containers.ts'
import { maskCommand } from '../../../docker/mask-secrets.ts'
import { mostProcesses, type ProcessFacts, type ProcessList } from '../../../model/process-list.ts'

/** So seldom that the kernel's hundredths of a second are half a percent. */
const everyMs = 2000
/** A reading that is older than this has nothing to say about the one that follows. */
const longestGapMs = 10_000
const longestCommand = 1000

/** What a watch needs to know. */
export interface ProcessWatchOptions {
  readonly host: string
  readonly procRoot: string
  readonly hierarchy: Hierarchy
  readonly watched: WatchedContainers
  /** Where the cgroup of a container is; `undefined` when it does not run, or is not here. */
  readonly findCgroupPath: (containerId: string) => string | undefined
}

/** What was known of a process at the reading before. */
interface Known {
  readonly startedAfterS: number
  readonly command: string
  readonly cpuSeconds: number
}

interface Look {
  readonly timeMs: number
  readonly processes: ReadonlyMap<number, Known>
}

/** Reads the processes of those containers that somebody looks at; costs nothing while nobody does. */
export class ProcessWatch {
  readonly #options: ProcessWatchOptions
  readonly #looks = new Map<string, Look>()
  #bootTimeS: number | undefined

  constructor(options: ProcessWatchOptions) {
    this.#options = options
  }

  /** What runs in each of them, every other second. */
  take(timeMs: number): readonly ProcessList[] {
    const ids = this.#options.watched.ids()
    if (ids.length === 0) {
      this.#looks.clear()
      return []
    }
    if (timeMs % everyMs !== 0) return []
    for (const id of this.#looks.keys()) if (!ids.includes(id)) this.#looks.delete(id)
    return ids.flatMap((id) => this.#look(id, timeMs) ?? [])
  }

  #look(containerId: string, timeMs: number): ProcessList | undefined {
    const { host, procRoot, hierarchy, findCgroupPath } = this.#options
    const cgroupPath = findCgroupPath(containerId)
    if (cgroupPath === undefined) return undefined
    // A clock that was set is followed.
    this.#bootTimeS = readBootTime(procRoot)
    const before = this.#looks.get(containerId)
    const readings = findPids({ hierarchy, procRoot, cgroupPath, containerId }).flatMap(
      (pid) => readProcess(procRoot, pid) ?? [],
    )
    const known = new Map(readings.map((reading) => [reading.pid, this.#know(reading, before)]))
    this.#looks.set(containerId, { timeMs, processes: known })
    const facts = readings.map((reading) => this.#toFacts(reading, { before, timeMs, known }))
    const busiest = facts.toSorted(
      (a, b) => (b.cpuRatio ?? 0) - (a.cpuRatio ?? 0) || (b.rssBytes ?? 0) - (a.rssBytes ?? 0),
    )
    const processes = busiest.slice(0, mostProcesses)
    return { kind: 'process-list', host, containerId, timeMs, count: facts.length, processes }
  }

  /** The command is read once; a process that replaces itself by another program keeps its start and changes its name. */
  #know(reading: ProcessReading, before: Look | undefined): Known {
    const { pid, startedAfterS, cpuSeconds, name } = reading
    const old = before?.processes.get(pid)
    const isSame = old?.startedAfterS === startedAfterS && old.command.includes(name)
    const command = isSame ? old.command : this.#readCommand(reading)
    return { startedAfterS, cpuSeconds, command }
  }

  #readCommand({ pid, name }: ProcessReading): string {
    const args = readArguments(this.#options.procRoot, pid)
    const text = args.length === 0 ? `[${name}]` : maskCommand(args).join(' ')
    return text.slice(0, longestCommand)
  }

  #toFacts(
    reading: ProcessReading,
    looks: {
      readonly before: Look | undefined
      readonly timeMs: number
      readonly known: ReadonlyMap<number, Known>
    },
  ): ProcessFacts {
    const { pid, parentPid, state, uid, threads, rssBytes, startedAfterS } = reading
    const cpuRatio = shareOf(reading, looks.before, looks.timeMs)
    const bootTimeS = this.#bootTimeS
    return {
      pid,
      parentPid,
      state,
      command: looks.known.get(pid)?.command ?? '',
      ...(uid !== undefined && { uid }),
      ...(threads !== undefined && { threads }),
      ...(rssBytes !== undefined && { rssBytes }),
      ...(bootTimeS !== undefined && { startedAtMs: (bootTimeS + startedAfterS) * 1000 }),
      ...(cpuRatio !== undefined && { cpuRatio }),
    }
  }
}

/** Of one core since the reading before; one that is new since then has used all that it has used in this time. */
function shareOf(
  { pid, startedAfterS, cpuSeconds }: ProcessReading,
  before: Look | undefined,
  timeMs: number,
): number | undefined {
  if (before === undefined || timeMs - before.timeMs > longestGapMs) return undefined
  const old = before.processes.get(pid)
  const usedBefore = old?.startedAfterS === startedAfterS ? old.cpuSeconds : 0
  return (cpuSeconds - usedBefore) / ((timeMs - before.timeMs) / 1000)
}
