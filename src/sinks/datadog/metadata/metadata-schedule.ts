const firstPauseMs = 5 * 60_000
const longestPauseMs = 30 * 60_000

/**
 * When the host is told of: at once, then after 5 and 15 minutes more, then every half an hour.
 * @see `comp/metadata/host/impl/host.go` of the Datadog Agent
 */
export class MetadataSchedule {
  #pauseMs = 0
  #lastMs = Number.NEGATIVE_INFINITY

  /** Whether it is time; a clock that was set back does not put it off. */
  isDue(nowMs: number): boolean {
    return nowMs < this.#lastMs || nowMs - this.#lastMs >= this.#pauseMs
  }

  noteSent(nowMs: number): void {
    this.#lastMs = nowMs
    this.#pauseMs = Math.min(longestPauseMs, this.#pauseMs === 0 ? firstPauseMs : this.#pauseMs * 3)
  }
}
