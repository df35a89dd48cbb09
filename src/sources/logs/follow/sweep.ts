/** Something that is looked at now and then. */
export interface Swept {
  readonly sweep: () => void
}

const slices = 20

/** Looks at all in each period, a few at a time, so that there is no burst of work. */
export class Sweep {
  readonly #periodMs: number
  readonly #all = new Set<Swept>()
  #round: Swept[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(periodMs: number) {
    this.#periodMs = periodMs
  }

  add(swept: Swept): void {
    this.#all.add(swept)
    this.#timer ??= setInterval(() => this.#slice(), Math.max(1, this.#periodMs / slices))
  }

  remove(swept: Swept): void {
    this.#all.delete(swept)
    if (this.#all.size === 0) this.close()
  }

  /** Looks at all at once: something was missed. */
  now(): void {
    for (const swept of this.#all) swept.sweep()
  }

  close(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #slice(): void {
    if (this.#round.length === 0) this.#round = [...this.#all]
    const count = Math.ceil(this.#all.size / slices)
    for (const swept of this.#round.splice(0, count)) if (this.#all.has(swept)) swept.sweep()
  }
}
