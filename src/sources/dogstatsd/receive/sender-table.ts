import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { containerOfFolder } from '../../../cgroup/lifetime/container-of-folder.ts'
import type { Senders } from '../aggregate/aggregation.ts'

/** What was read of a process is taken for true so long, that it is in no container too: numbers are given anew. */
const keptMs = 60_000
/** Processes beyond push out the one that was read longest ago. */
const maxProcesses = 20_000

interface Sender {
  /** 0: the process is in no container. */
  readonly number: number
  readonly untilMs: number
}

/** Numbers for the containers that packets come from, by the processes that sent them. */
export class SenderTable implements Senders {
  readonly #procRoot: string
  readonly #processes = new Map<number, Sender>()
  readonly #numbers = new Map<string, number>()
  readonly #containers = new Map<number, string>()
  #nextNumber = 1
  #replayed: ReadonlyMap<number, string> = new Map()
  #last: Sender & { readonly pid: number } = { pid: 0, number: 0, untilMs: Infinity }

  constructor(procRoot: string) {
    this.#procRoot = procRoot
  }

  /** Number of the container of a process; 0 when it is in none, or gone. */
  find(pid: number, nowMs: number): number {
    if (pid !== this.#last.pid || nowMs >= this.#last.untilMs) {
      const known = this.#processes.get(pid)
      const sender =
        known !== undefined && nowMs < known.untilMs ? known : this.#read(pid, nowMs + keptMs)
      this.#last = { pid, ...sender }
    }
    return this.#last.number
  }

  /** The same for a process of a capture that is replayed. */
  findReplayed(pid: number): number {
    return this.#numberOf(this.#replayed.get(pid))
  }

  containerOf(sender: number): string | undefined {
    return this.#containers.get(sender)
  }

  setReplayed(containerIds: ReadonlyMap<number, string>): void {
    this.#replayed = containerIds
  }

  /** Forgets processes that have to be read again anyway, and containers that none of the others is in. */
  forgetOld(nowMs: number): void {
    const inUse = new Set<number>()
    for (const [pid, { number, untilMs }] of this.#processes) {
      if (nowMs >= untilMs) this.#processes.delete(pid)
      else inUse.add(number)
    }
    for (const containerId of this.#replayed.values()) inUse.add(this.#numberOf(containerId))
    for (const [number, containerId] of this.#containers) {
      if (inUse.has(number)) continue
      this.#containers.delete(number)
      this.#numbers.delete(containerId)
    }
  }

  #read(pid: number, untilMs: number): Sender {
    const sender = { number: this.#numberOf(readContainerId(this.#procRoot, pid)), untilMs }
    // The newest stand at the end.
    this.#processes.delete(pid)
    if (this.#processes.size >= maxProcesses) {
      const [oldest = 0] = this.#processes.keys()
      this.#processes.delete(oldest)
    }
    this.#processes.set(pid, sender)
    return sender
  }

  #numberOf(containerId: string | undefined): number {
    if (containerId === undefined) return 0
    const known = this.#numbers.get(containerId)
    if (known !== undefined) return known
    const number = this.#nextNumber
    this.#nextNumber += 1
    this.#numbers.set(containerId, number)
    this.#containers.set(number, containerId)
    return number
  }
}

function readContainerId(procRoot: string, pid: number): string | undefined {
  try {
    return findContainerId(readFileSync(join(procRoot, String(pid), 'cgroup'), 'latin1'))
  } catch {
    return undefined
  }
}

/**
 * The container that a process is in, as the engine of this host knows it: folders below the container's own are made by what
 * runs in it, be they containers again.
 * @param text Content of `/proc/<pid>/cgroup`.
 * @see cgroups(7)
 */
export function findContainerId(text: string): string | undefined {
  for (const line of text.split('\n')) {
    for (const folder of line.split('/').slice(1)) {
      const containerId = containerOfFolder(folder)
      if (containerId !== undefined) return containerId
    }
  }
  return undefined
}
