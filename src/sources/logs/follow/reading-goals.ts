import type { Segment } from './segment.ts'

interface Goal {
  /** Its last file; `undefined` when it is not open yet. */
  readonly segment: Segment | undefined
  readonly offset: number
  readonly resolve: () => void
}

/** Who waits until what was on disk at some moment has been read. */
export class ReadingGoals {
  #goals: Goal[] = []

  /** Resolves when the segment has been read as far as it goes now; without one, when there is nothing more at all. */
  add(segment: Segment | undefined): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const offset = segment === undefined ? 0 : segment.offset + segment.unreadBytes()
    this.#goals.push({ segment, offset, resolve })
    return promise
  }

  /** Something was read: the first of the open files goes on at its offset. */
  look(open: readonly Segment[]): void {
    if (this.#goals.length === 0) return
    this.#goals = this.#goals.filter(({ segment, offset, resolve }) => {
      if (segment === undefined) return true
      // An empty one may have been cut, which is noticed when nothing can be read of it.
      const isReached =
        open[0] === segment ? offset > 0 && segment.offset >= offset : !open.includes(segment)
      if (isReached) resolve()
      return !isReached
    })
  }

  /** There is nothing more to read. */
  reachAll(): void {
    for (const { resolve } of this.#goals.splice(0)) resolve()
  }
}
