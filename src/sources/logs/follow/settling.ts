/** Something in which the beginning of a line may wait for its rest. */
export interface Unsettled {
  /** Hands on what has waited since before `sinceMs` (monotonic milliseconds). */
  readonly settle: (sinceMs: number) => void
}

export interface SettlingOptions {
  /** Longest wait for the rest of a line. */
  readonly timeoutMs: number
  readonly nowMs: () => number
  /** `undefined` when lines may be handed over; otherwise what waits goes on waiting. */
  readonly room: () => Promise<void> | undefined
}

const looksPerTimeout = 4

/** Sees to it that what was read last does not wait for ever. Of those that stand still nothing is asked. */
export class Settling {
  readonly #options: SettlingOptions
  readonly #readAtMs = new Map<Unsettled, number>()
  #timer: NodeJS.Timeout | undefined

  constructor(options: SettlingOptions) {
    this.#options = options
  }

  /** Something was read just now. */
  note(reader: Unsettled): void {
    this.#readAtMs.set(reader, this.#options.nowMs())
    this.#timer ??= setInterval(() => this.#look(), this.#options.timeoutMs / looksPerTimeout)
  }

  forget(reader: Unsettled): void {
    this.#readAtMs.delete(reader)
  }

  close(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #look(): void {
    if (this.#options.room() !== undefined) return
    const sinceMs = this.#options.nowMs() - this.#options.timeoutMs
    for (const [reader, readAtMs] of this.#readAtMs) {
      if (readAtMs <= sinceMs) this.#readAtMs.delete(reader)
      reader.settle(sinceMs)
    }
    if (this.#readAtMs.size === 0) this.close()
  }
}
