/**
 * When lines were stored. Each group of lines has a time of its own, `taken` in the table, later than that of all groups
 * before it: whoever knows up to when lines can be read misses none that come after.
 */
export class LogNews {
  readonly #listeners = new Set<() => void>()
  #givenMs: number
  #takenMs: number

  /** @param newestMs The newest `taken` in the table, Unix milliseconds; 0 when there is none. */
  constructor(newestMs: number) {
    this.#givenMs = newestMs
    this.#takenMs = newestMs
  }

  /** Up to when lines that came in can be read, Unix milliseconds of the server: what comes later has a later time. */
  readonly takenMs = (): number => this.#takenMs

  /** Calls the listener after each group of lines, once they can be read; gives the way to stop that. */
  readonly follow = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The time for the next group. */
  next(nowMs: number): number {
    this.#givenMs = Math.max(this.#givenMs + 1, nowMs)
    return this.#givenMs
  }

  /** The group with that time is in the table. */
  tell(takenMs: number): void {
    this.#takenMs = Math.max(this.#takenMs, takenMs)
    for (const listener of this.#listeners) listener()
  }
}
