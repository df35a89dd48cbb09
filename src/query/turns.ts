interface TurnsOptions {
  readonly running: number
  readonly waiting: number
  /** Makes what is thrown when too many wait already. */
  readonly refuse: () => Error
}

/** Lets so many work at a time; others wait in their order. */
export class Turns {
  readonly #running: number
  readonly #waitingLimit: number
  readonly #refuse: () => Error
  readonly #waiting: (() => void)[] = []
  #taken = 0

  constructor({ running, waiting, refuse }: TurnsOptions) {
    this.#running = running
    this.#waitingLimit = waiting
    this.#refuse = refuse
  }

  /** @throws What `refuse` makes, when too many wait already. */
  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.#enter()
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#taken -= 1
      else next()
    }
  }

  async #enter(): Promise<void> {
    if (this.#taken < this.#running) {
      this.#taken += 1
      return
    }
    if (this.#waiting.length >= this.#waitingLimit) throw this.#refuse()
    await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }
}
