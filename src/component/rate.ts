/** Two readings closer than this give no rate: the noise of the clock would show. */
const shortestMs = 20

/** Turns a counter that only grows into its growth per second. */
export class Rate {
  #value: number | undefined
  #atMs = 0

  /**
   * Takes the next reading.
   * @returns Growth per second since the reading before; `undefined` for the first one, for an absent one, and after the
   *   counter went back (it was reset): then counting starts anew.
   */
  next(value: number | undefined, atMs: number): number | undefined {
    const before = this.#value
    const elapsedMs = atMs - this.#atMs
    if (value !== undefined && before !== undefined && elapsedMs < shortestMs) return undefined
    this.#value = value
    this.#atMs = atMs
    if (value === undefined || before === undefined || value < before) return undefined
    return ((value - before) * 1000) / elapsedMs
  }
}
