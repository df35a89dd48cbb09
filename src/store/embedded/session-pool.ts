import { StoreBusyError } from '../store.ts'
import { StoreClosedError } from '../store-errors.ts'
import { EngineSession, type OpenSession } from './engine-session.ts'

export interface SessionPoolOptions {
  readonly open: OpenSession
  /** Statements that make a new connection ready: its role, its limits. */
  readonly setUp: readonly string[]
  /** Statements that may run at the same time; connections are opened when first needed. */
  readonly sessions: number
  /** Statements that may wait for a connection. */
  readonly waiting: number
}

/** Lends connections, one statement each at a time, first come first served. */
export class SessionPool {
  readonly #free: EngineSession[]
  readonly #all: readonly EngineSession[]
  #waiting: PromiseWithResolvers<EngineSession>[] = []
  readonly #waitingLimit: number
  #lent = 0
  #isClosed = false
  #whenIdle: (() => void) | undefined

  constructor(options: SessionPoolOptions) {
    this.#all = Array.from(
      { length: options.sessions },
      () => new EngineSession(options.open, options.setUp),
    )
    this.#free = [...this.#all]
    this.#waitingLimit = options.waiting
  }

  /**
   * Runs `deed` with a connection of its own.
   * @throws {StoreBusyError} When too many wait already.
   * @throws {StoreClosedError} After `close()`.
   */
  async lend<Result>(deed: (session: EngineSession) => Promise<Result>): Promise<Result> {
    if (this.#isClosed) throw closedError()
    const session = await this.#take()
    try {
      return await deed(session)
    } finally {
      this.#giveBack(session)
    }
  }

  /** Takes no more statements, refuses those that wait, waits for those that run, closes the connections. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const waiting of this.#waiting) waiting.reject(closedError())
    this.#waiting = []
    if (this.#lent > 0) {
      await new Promise<void>((resolve) => {
        this.#whenIdle = resolve
      })
    }
    for (const session of this.#all) session.close()
  }

  async #take(): Promise<EngineSession> {
    const session = this.#free.pop()
    if (session !== undefined) {
      this.#lent += 1
      return session
    }
    if (this.#waiting.length >= this.#waitingLimit) {
      throw new StoreBusyError(
        `Cannot ask the store now: ${this.#lent} questions run and ${this.#waiting.length} wait; try again later`,
      )
    }
    const waiting = Promise.withResolvers<EngineSession>()
    this.#waiting.push(waiting)
    return waiting.promise
  }

  #giveBack(session: EngineSession): void {
    const next = this.#waiting.shift()
    if (next !== undefined) {
      next.resolve(session)
      return
    }
    this.#free.push(session)
    this.#lent -= 1
    if (this.#lent === 0) this.#whenIdle?.()
  }
}

function closedError(): StoreClosedError {
  return new StoreClosedError('Cannot ask the store: it is closed')
}
