const windowSeconds = 5

/** Samples of each of the last five seconds. */
export class SpikeWindow {
  readonly #counts: number[] = []
  #before: number | undefined

  /**
   * To be called once a second.
   * @param total Samples since the start.
   * @returns The counts of the last seconds, when the newest has more than all others together.
   * @see DataDog/datadog-agent, `hasSpike` in comp/dogstatsd/serverDebug
   */
  next(total: number): readonly number[] | undefined {
    const newest = total - (this.#before ?? total)
    this.#before = total
    this.#counts.push(newest)
    if (this.#counts.length > windowSeconds) this.#counts.shift()
    const others = this.#counts.slice(0, -1).reduce((sum, count) => sum + count, 0)
    return newest > others ? [...this.#counts] : undefined
  }
}
