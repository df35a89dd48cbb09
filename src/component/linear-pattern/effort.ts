/** A pattern would need too long for a text, and was given up. */
export class PatternEffortError extends Error {
  override readonly name = 'PatternEffortError'
}

/** Instructions that may be looked at for one text: some 150 ms. */
const mostEffort = 6_000_000

/** What is left of the work that may be done for one text. To know whether a usual pattern is in a text needs next to nothing of it. */
export class Effort {
  #left = mostEffort

  reset(): void {
    this.#left = mostEffort
  }

  /** @throws {PatternEffortError} When nothing is left. */
  spend(instructions: number): void {
    this.#left -= instructions
    if (this.#left < 0) throw new PatternEffortError('it takes too long')
  }
}
