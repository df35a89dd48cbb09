import type { CgroupLife } from '../../../cgroup/lifetime/cgroup-life.ts'
import { pairLives } from './pair-lives.ts'
import type { EndedRun } from './run.ts'

/** Lives that wait for the engine to tell of their runs; it may be away for long while many end. */
export const maxWaitingLives = 2000

interface Waiting {
  readonly life: CgroupLife
  dueAtMs: number
}

/** Lives of cgroups whose runs are not known to have ended, by container and in their order. */
export class WaitingLives {
  readonly #byId = new Map<string, Waiting[]>()
  #count = 0

  /** @returns Whether the oldest one had to go for it. */
  add(life: CgroupLife, dueAtMs: number): boolean {
    const isFull = this.#count >= maxWaitingLives
    if (isFull) this.#dropOldest()
    const waiting = this.#byId.get(life.containerId) ?? []
    waiting.push({ life, dueAtMs })
    this.#byId.set(life.containerId, waiting)
    this.#count += 1
    return isFull
  }

  ids(): readonly string[] {
    return [...this.#byId.keys()]
  }

  /** Lets all wait until then at least. */
  extend(dueAtMs: number): void {
    for (const waiting of this.#byId.values())
      for (const one of waiting) one.dueAtMs = Math.max(one.dueAtMs, dueAtMs)
  }

  /** Takes out the lives of a container that belong to one of `runs`. */
  pair(
    id: string,
    { runs, openSinceMs }: { runs: readonly EndedRun[]; openSinceMs: number | undefined },
  ): readonly (readonly [CgroupLife, EndedRun])[] {
    const lives = (this.#byId.get(id) ?? []).map(({ life }) => life)
    const pairs = pairLives({ lives, runs, openSinceMs })
    const taken = new Set(pairs.map(([life]) => life))
    this.#keep(id, ({ life }) => !taken.has(life))
    return pairs
  }

  /** Takes out those whose time is over; those of a container that `mayStay` wait on. */
  takeDue(nowMs: number, mayStay: (id: string) => boolean): readonly CgroupLife[] {
    const due: CgroupLife[] = []
    for (const [id, waiting] of this.#byId) {
      const dueNow = waiting.filter(({ dueAtMs }) => dueAtMs <= nowMs)
      if (dueNow.length === 0 || mayStay(id)) continue
      due.push(...dueNow.map(({ life }) => life))
      this.#keep(id, ({ dueAtMs }) => dueAtMs > nowMs)
    }
    return due
  }

  /** When the first of a container's cgroups that ended behind `sinceMs` did so, Unix milliseconds. */
  endOf(id: string, sinceMs: number): number | undefined {
    const waiting = this.#byId.get(id) ?? []
    return waiting.find(({ life }) => life.endedAtMs >= sinceMs)?.life.endedAtMs
  }

  #keep(id: string, isKept: (waiting: Waiting) => boolean): void {
    const before = this.#byId.get(id) ?? []
    const kept = before.filter(isKept)
    this.#count -= before.length - kept.length
    if (kept.length === 0) this.#byId.delete(id)
    else this.#byId.set(id, kept)
  }

  #dropOldest(): void {
    for (const [id, [oldest]] of this.#byId) {
      this.#keep(id, (waiting) => waiting !== oldest)
      return
    }
  }
}
