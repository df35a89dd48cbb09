import { isSameStart, type EndedRun, type RunEnd } from './run.ts'

/** An ended run waits so long for the life of its cgroup. */
const waitMs = 5000
/** Runs that wait; of more, the oldest are told with what is known of them. */
const maxWaiting = 2000
/** Runs that were told and are remembered, for what comes late. */
const maxRemembered = 1000
/** Two ends of a container within this time are one, told twice. */
const sameEndMs = 5000

/** Runs that have ended: those that wait for their life, and the newest of those that were told. */
export class EndedRuns {
  #waiting: EndedRun[] = []
  #told: EndedRun[] = []
  /** Told runs of which more is known by now. */
  readonly #improved = new Set<EndedRun>()

  add(run: EndedRun): void {
    this.#waiting.push(run)
  }

  /** Has a run told again if it was told before. */
  improve(run: EndedRun): void {
    if (this.#told.includes(run)) this.#improved.add(run)
  }

  /**
   * Adds an end that is told late to the run that has ended already, if there is such a one.
   * @param startedAtMs Start of that run as its container says it; without it, the newest run of the container is meant.
   */
  complete(id: string, end: RunEnd, startedAtMs?: number): boolean {
    const run = startedAtMs === undefined ? this.newestOf(id) : this.#findStart(id, startedAtMs)
    if (run === undefined || end.finishedAtMs < run.startedAtMs) return false
    if (run.exitCode !== undefined || end.exitCode === undefined)
      return startedAtMs !== undefined || isSameEnd(run, end.finishedAtMs)
    run.exitCode = end.exitCode
    run.finishedAtMs = end.finishedAtMs
    this.improve(run)
    return true
  }

  /** Whether a run of the container that began then has ended. */
  hasStart(id: string, startedAtMs: number): boolean {
    return this.#findStart(id, startedAtMs) !== undefined
  }

  /** Whether a run of the container has ended at that time. */
  hasEnd(id: string, finishedAtMs: number): boolean {
    return this.#of(id).some((run) => isSameEnd(run, finishedAtMs))
  }

  newestOf(id: string): EndedRun | undefined {
    return this.#of(id).at(-1)
  }

  /** Those that were not told yet. */
  waiting(): readonly EndedRun[] {
    return this.#waiting
  }

  withoutLifeOf(id: string): readonly EndedRun[] {
    return this.#of(id).filter(({ life }) => life === undefined)
  }

  /** Those to be told at this monotonic time, each with its life or in vain of it. */
  takeReady(nowMs: number): readonly EndedRun[] {
    const overflow = this.#waiting.length - maxWaiting
    const isReady = ({ life, endNoticedAtMs }: EndedRun, at: number): boolean =>
      life !== undefined || nowMs - endNoticedAtMs >= waitMs || at < overflow
    const ready = this.#waiting.filter(isReady)
    const again = [...this.#improved]
    this.#improved.clear()
    if (ready.length === 0) return again
    this.#waiting = this.#waiting.filter((run, at) => !isReady(run, at))
    this.#told = [...this.#told, ...ready].slice(-maxRemembered)
    return [...again, ...ready]
  }

  /** In the order of their ends. */
  #of(id: string): readonly EndedRun[] {
    return [...this.#told, ...this.#waiting].filter(({ containerId }) => containerId === id)
  }

  #findStart(id: string, startedAtMs: number): EndedRun | undefined {
    return this.#of(id).findLast((run) => isSameStart(run, startedAtMs))
  }
}

function isSameEnd(run: EndedRun, finishedAtMs: number): boolean {
  return Math.abs(run.finishedAtMs - finishedAtMs) <= sameEndMs
}
