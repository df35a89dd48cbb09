import type { FileBudget } from '../kept-file.ts'
import type { CgroupLife } from './cgroup-life.ts'
import type { EndNotice } from './end-notice.ts'
import type { LifeCounters } from './life-counters.ts'
import { mergeFigures, type LifeFigures } from './life-figures.ts'
import type { LifeNetwork } from './life-network.ts'
import type { Child } from './remainder.ts'

export interface LivingParts {
  readonly containerId: string
  readonly counters: LifeCounters
  readonly notice: EndNotice
  readonly network: LifeNetwork
  /** Processes that are in it now, as far as they can be seen from here. */
  readonly listPids: () => readonly number[]
  /** Whether its files still exist. */
  readonly isThere: () => boolean
  /** `false` for one that was there when the watch began. */
  readonly isNew: boolean
  /** Whether it is deleted at once when its last process ends, so that its last reading may have to do. */
  readonly isDeletedAtOnce: boolean
}

/** The CPU total of a life and how it was come by. */
export type LifeCpu = Pick<CgroupLife, 'method' | 'cpuErrorNanos'> & {
  readonly cpuNanos: number | undefined
}

/** The runtime gives a container its network soon after its cgroup, or never: it is looked for at each of the first readings. */
const networkTries = 40
/** Half of what a container can use in this time, its error in the worst case, is 10 ms. */
const shortestPauseMs = 20
const longestPauseMs = 10_000
/** What a container can use between two readings is 1 % of what it can use in its life. */
const pausesALife = 100
/** The other figures are read with every so many readings of the CPU time, and when these are seldom with each. */
const restEvery = 8
const seldomMs = 1000
/**
 * Most containers that end are younger. As long as it is, one that is deleted at once is read at the shortest pause, and a
 * runtime that is slow on a busy machine may still give it its network.
 */
const youngMs = 60_000
/** A container that was there before is read as seldom as one of this age. */
const assumedAgeMs = 300_000

/** One cgroup of a container from the moment it is seen until its end is told. */
export class LivingCgroup implements Child {
  readonly containerId: string
  readonly #parts: LivingParts
  readonly #seenAtMs: number
  #figures: LifeFigures = {}
  #lastNanos: number | undefined
  #lastReadAtMs: number
  #readings = 0
  #finalNanos: number | undefined
  #endedAtMs: number | undefined
  #wasFollowed = false
  #isHidden = false
  /** When it is to be read again, monotonic milliseconds. */
  nextReadAtMs: number

  constructor(parts: LivingParts) {
    this.containerId = parts.containerId
    this.#parts = parts
    const now = performance.now()
    this.#seenAtMs = parts.isNew ? now : now - assumedAgeMs
    this.#lastReadAtMs = now
    this.nextReadAtMs = now
    this.readCpuNanos()
    this.#follow()
    if (!parts.isNew) this.#readRest()
  }

  /** Its total, once its last process has ended and the counter was read after that. */
  get finalNanos(): number | undefined {
    return this.#finalNanos
  }

  /** Whether it has processes that cannot be followed, since they are in another PID namespace. */
  get isHidden(): boolean {
    return this.#isHidden
  }

  /** Monotonic milliseconds since its end; `undefined` before, or when it was not noticed. */
  get endedForMs(): number | undefined {
    return this.#endedAtMs === undefined ? undefined : Date.now() - this.#endedAtMs
  }

  get lastNanos(): number {
    return this.#lastNanos ?? 0
  }

  /** Whether its end is likely to come soon, so that every moment counts by which it is noticed late. */
  get isYoung(): boolean {
    return performance.now() - this.#seenAtMs < youngMs
  }

  /** Monotonic milliseconds. */
  get lastReadAtMs(): number {
    return this.#lastReadAtMs
  }

  readonly isThere = (): boolean => this.#parts.isThere()

  readonly readCpuNanos = (): number | undefined => {
    if (this.#finalNanos !== undefined) return this.#finalNanos
    const nanos = this.#parts.counters.readCpuNanos()
    // A smaller one is that of the next cgroup of the same name.
    if (nanos === undefined || nanos < this.lastNanos) return undefined
    this.#lastNanos = nanos
    this.#lastReadAtMs = performance.now()
    return nanos
  }

  /**
   * One of the readings that are repeated, the older it is the less often.
   * @returns `gone` when it was deleted before its end was noticed.
   */
  readAgain(budget: FileBudget): 'alive' | 'over' | 'gone' {
    const now = performance.now()
    const isRushed = this.#parts.isDeletedAtOnce && this.isYoung
    const pauseMs = isRushed
      ? shortestPauseMs
      : Math.max(shortestPauseMs, (now - this.#seenAtMs) / pausesALife)
    this.nextReadAtMs = now + Math.min(longestPauseMs, pauseMs)
    if (this.#finalNanos !== undefined) return 'over'
    const isTimeForRest = pauseMs > seldomMs || this.#readings % restEvery === 0
    if (this.#readings < networkTries || (isTimeForRest && this.isYoung)) {
      this.#lookForNetwork(budget)
    }
    if (!this.#follow() && this.#wasFollowed) return this.checkEnd()
    if (this.readCpuNanos() === undefined) return 'gone'
    if (isTimeForRest) this.#readRest()
    this.#readings += 1
    return 'alive'
  }

  /**
   * To be called when its end may have come. What was read before that was asked may be of before the end: only a reading
   * behind it is the total.
   * @returns `over` when it was read after the last process had ended, `gone` when it was too late for that.
   */
  checkEnd(): 'alive' | 'over' | 'gone' {
    // Should it be gone in a moment, so much is known.
    this.readCpuNanos()
    if (!this.#parts.notice.isOver()) {
      if (!this.#follow()) this.nextReadAtMs = performance.now() + shortestPauseMs
      return 'alive'
    }
    const nanos = this.readCpuNanos()
    if (nanos === undefined) return 'gone'
    this.#readRest()
    // The last process may still have been on its way out at that reading.
    this.#finalNanos = this.readCpuNanos() ?? nanos
    this.#endedAtMs = Date.now()
    this.close()
    return 'over'
  }

  /** What it used; `cpu` where the counter could not be read after its end. */
  describeLife(cpu?: LifeCpu): CgroupLife {
    const { cpuUserNanos, cpuSystemNanos, ...figures } = mergeFigures({}, this.#figures)
    const total = cpu ?? { method: 'last_reading', cpuNanos: this.#finalNanos, cpuErrorNanos: 0 }
    const share = shareOf(total, cpuUserNanos, cpuSystemNanos)
    return {
      containerId: this.containerId,
      endedAtMs: this.#endedAtMs ?? Date.now(),
      ...total,
      cpuUserNanos: times(cpuUserNanos, share),
      cpuSystemNanos: times(cpuSystemNanos, share),
      throttledNanos: figures.throttledNanos,
      memoryPeakBytes: figures.memoryPeakBytes,
      oomKills: figures.oomKills,
      readBytes: figures.readBytes,
      writtenBytes: figures.writtenBytes,
      receivedBytes: this.#parts.network.traffic?.receivedBytes,
      sentBytes: this.#parts.network.traffic?.sentBytes,
    }
  }

  close(): void {
    this.#parts.notice.close()
    this.#parts.counters.close()
    this.#parts.network.close()
  }

  #follow(): boolean {
    const isFollowed = this.#parts.notice.follow()
    this.#wasFollowed ||= isFollowed
    return isFollowed
  }

  #lookForNetwork(budget: FileBudget): void {
    if (this.#parts.network.isOpen) return
    const pids = this.#parts.listPids().filter((pid) => pid > 0)
    // v2 gives 0 for a process of another PID namespace, v1 leaves it out.
    this.#isHidden = !this.#wasFollowed && pids.length === 0 && this.lastNanos > 0
    for (const pid of pids) this.#parts.network.open(pid, budget)
  }

  #readRest(): void {
    this.#figures = mergeFigures(this.#figures, this.#parts.counters.readRest())
    this.#parts.network.read()
  }
}

/** By how much the parts of the last reading fall short of the total. */
function shareOf(cpu: LifeCpu, userNanos = 0, systemNanos = 0): number {
  const sum = userNanos + systemNanos
  if (cpu.method === 'last_reading' || cpu.cpuNanos === undefined || sum === 0) return 1
  return cpu.cpuNanos / sum
}

function times(nanos: number | undefined, share: number): number | undefined {
  return nanos === undefined ? undefined : Math.round(nanos * share)
}
