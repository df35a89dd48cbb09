import { StoreClosedError } from '../store-errors.ts'
import { StoreBusyError } from '../store.ts'

export interface SlotLimits {
  /** Statements that may run at the same time. */
  readonly running: number
  /** Statements that may wait for that. */
  readonly waiting: number
}

/** Bounds how many statements run at a time: first come, first served. */
export class Slots {
  readonly #limits: SlotLimits
  readonly #waiting: PromiseWithResolvers<void>[] = []
  #running = 0
  #isClosed = false

  constructor(limits: SlotLimits) {
    this.#limits = limits
  }

  /**
   * Resolves once a statement may run, with what to call when it is over; further calls of that do nothing.
   * @throws {StoreBusyError} When too many wait already.
   * @throws {StoreClosedError} After `close()`.
   */
  async take(): Promise<() => void> {
    if (this.#isClosed) throw closedError()
    if (this.#running < this.#limits.running) this.#running += 1
    else await this.#wait()
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      const next = this.#waiting.shift()
      if (next === undefined) this.#running -= 1
      else next.resolve()
    }
  }

  /** Refuses those that wait and all that come. */
  close(): void {
    this.#isClosed = true
    for (const waiting of this.#waiting.splice(0)) waiting.reject(closedError())
  }

  async #wait(): Promise<void> {
    if (this.#waiting.length >= this.#limits.waiting) {
      throw new StoreBusyError(
        `Cannot ask the store now: ${this.#running} questions run and ${this.#waiting.length} wait; try again later`,
      )
    }
    const waiting = Promise.withResolvers<void>()
    this.#waiting.push(waiting)
    await waiting.promise
  }
}

function closedError(): StoreClosedError {
  return new StoreClosedError('Cannot ask the store: it is closed')
}
