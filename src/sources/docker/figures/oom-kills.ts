/** Processes of one container that the kernel killed for want of memory, each told once over all its runs. */
export class OomKills {
  /** Since when containers are watched, Unix milliseconds. */
  readonly #watchedFromMs: number
  #startedAtMs: number | undefined
  /** Where the run's counter stood last; `undefined` before the first reading of a run that began unwatched. */
  #counted: number | undefined
  #untold = 0

  constructor(watchedFromMs: number) {
    this.#watchedFromMs = watchedFromMs
  }

  /**
   * To be called whenever the files of a run are opened, which for one run may be more than once. Of a run that began while
   * containers were watched, what its counter has at the first reading is not told yet.
   */
  follow(startedAtMs: number | undefined): void {
    if (startedAtMs === this.#startedAtMs) return
    this.#startedAtMs = startedAtMs
    this.#counted = (startedAtMs ?? 0) >= this.#watchedFromMs ? 0 : undefined
  }

  /** Takes the run's counter; `undefined` says nothing. */
  count(total: number | undefined): void {
    if (total === undefined) return
    this.#untold += Math.max(0, total - (this.#counted ?? total))
    this.#counted = total
  }

  /** How many there were since the last call. */
  take(): number {
    const count = this.#untold
    this.#untold = 0
    return count
  }
}
