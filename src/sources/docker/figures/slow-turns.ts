/** Two readings closer than this give no rate yet. */
const shortestMs = 20

/**
 * When the turn of one container comes for what is told seldom: with the first reading and the first that can have rates,
 * then once in each interval, at a place in it that follows from the container's id, so that they do not come all at once.
 */
export class SlowTurns {
  readonly #intervalMs: number
  readonly #phaseMs: number
  #firstReadAtMs: number | undefined
  /** Number of the interval in which the last turn was; `undefined` as long as there are no rates. */
  #last: number | undefined

  constructor(id: string, intervalMs: number) {
    this.#intervalMs = intervalMs
    this.#phaseMs = hash(id) % intervalMs
  }

  /** Whether it is time. A clock that is set, back or forth, costs at most one turn more. */
  isDue(timeMs: number): boolean {
    return this.#last !== this.#numberOf(timeMs)
  }

  /**
   * Takes a turn if it is time.
   * @param readAtMs When the counters were read, monotonic milliseconds.
   */
  take(timeMs: number, readAtMs: number): boolean {
    this.#firstReadAtMs ??= readAtMs
    if (!this.isDue(timeMs)) return false
    if (readAtMs - this.#firstReadAtMs >= shortestMs) this.#last = this.#numberOf(timeMs)
    return true
  }

  #numberOf(timeMs: number): number {
    return Math.floor((timeMs - this.#phaseMs) / this.#intervalMs)
  }
}

function hash(text: string): number {
  let value = 0
  for (const character of text) value = (value * 31 + (character.codePointAt(0) ?? 0)) >>> 0
  return value
}
