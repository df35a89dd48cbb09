import type { StoreBatch, StoreWriter } from '../../store/store.ts'

/** The way into a store, and word of what is stored long after it happened. */
export interface LateHappenings {
  /** The same store; what is written through it is looked at. */
  readonly store: StoreWriter
  /**
   * Calls the listener, once a second at most, with the earliest time (Unix milliseconds) at which something happened that was
   * stored late since the last call, once it can be read; gives the way to stop that.
   */
  readonly follow: (listener: (fromMs: number) => void) => () => void
}

/** Whoever asks for the newest minute again and again finds all that is told sooner, were its clock some seconds apart. */
const lateMs = 50_000
const gatherMs = 1000

/** Watches what is written to a store for what happened long ago: an agent that was cut off tells what it kept. */
export function watchLate(store: StoreWriter, clock: () => number): LateHappenings {
  const listeners = new Set<(fromMs: number) => void>()
  let earliestMs = Number.POSITIVE_INFINITY

  function tell(): void {
    const fromMs = earliestMs
    earliestMs = Number.POSITIVE_INFINITY
    for (const listener of listeners) listener(fromMs)
  }

  return {
    store: {
      async write(batch) {
        await store.write(batch)
        const fromMs = earliestOf(batch)
        if (fromMs >= clock() - lateMs) return
        if (earliestMs === Number.POSITIVE_INFINITY) setTimeout(tell, gatherMs).unref()
        earliestMs = Math.min(earliestMs, fromMs)
      },
    },
    follow(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** When the first of all that a batch tells happened. */
function earliestOf({ events, serviceChecks, containers, runs }: StoreBatch): number {
  let earliestMs = Number.POSITIVE_INFINITY
  for (const told of [events, serviceChecks, containers]) {
    for (const { timeMs } of told ?? []) earliestMs = Math.min(earliestMs, timeMs)
  }
  for (const { finishedAtMs } of runs ?? []) earliestMs = Math.min(earliestMs, finishedAtMs)
  return earliestMs
}
