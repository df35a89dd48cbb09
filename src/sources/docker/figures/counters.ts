/** Two readings closer than this give no growth: the noise of the clock would show. */
const shortestMs = 20

/**
 * The growth of counters that are read together, by their number. Like many `Rate`, but all in one piece of memory: a pass
 * over many containers is mostly waiting for memory.
 */
export class Counters {
  readonly #values: number[] = []
  #atMs = Number.NaN
  #elapsedMs = Number.NaN
  #isTooClose = false

  /** Begins the reading of `atMs` (monotonic). One too close to the reading before is left out, and loses nothing by it. */
  begin(atMs: number): void {
    const elapsedMs = atMs - this.#atMs
    this.#isTooClose = elapsedMs < shortestMs
    if (this.#isTooClose) return
    this.#elapsedMs = elapsedMs
    this.#atMs = atMs
  }

  /**
   * Takes the next value of a counter.
   * @param index Numbers are given without gaps.
   * @returns Growth since the reading before; `undefined` for the first one, for an absent one, and after the counter went
   *   back (it was reset): then counting starts anew.
   */
  grow(index: number, value: number | undefined): number | undefined {
    while (this.#values.length <= index) this.#values.push(Number.NaN)
    if (this.#isTooClose) return undefined
    const before = this.#values[index] ?? Number.NaN
    this.#values[index] = value ?? Number.NaN
    return value !== undefined && value >= before ? value - before : undefined
  }

  /** Like `grow()`, per second. */
  perSecond(index: number, value: number | undefined): number | undefined {
    const growth = this.grow(index, value)
    return growth === undefined ? undefined : (growth * 1000) / this.#elapsedMs
  }
}
