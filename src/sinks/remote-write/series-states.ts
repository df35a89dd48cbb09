/** So long without news, and a series is forgotten; a total begins anew with 0 then. */
const idleMs = 3_600_000
/** How often the idle are looked for. */
const sweepEveryMs = 60_000

/** What is known of a series over there. */
export interface SeriesState {
  /** Of a counter: how far it has counted; absent before its first sample. */
  total?: number
  /** Of its newest sample; nothing older is taken there. Unix milliseconds. */
  newestMs: number
}

interface Kept {
  readonly state: SeriesState
  usedAtMs: number
}

/** Keeps what has to be known of each series that is sent. */
export class SeriesStates {
  readonly #clock: () => number
  readonly #kept = new Map<string, Kept>()
  #sweptAtMs: number

  constructor(clock: () => number) {
    this.#clock = clock
    this.#sweptAtMs = clock()
  }

  /** Series that are kept at present. */
  get size(): number {
    return this.#kept.size
  }

  /** The state of a series, which the caller may change; a fresh one where the series is not known. */
  of(key: string): SeriesState {
    const nowMs = this.#clock()
    this.#sweep(nowMs)
    const kept = this.#kept.get(key)
    if (kept !== undefined) {
      kept.usedAtMs = nowMs
      return kept.state
    }
    const state = { newestMs: Number.NEGATIVE_INFINITY }
    this.#kept.set(key, { state, usedAtMs: nowMs })
    return state
  }

  #sweep(nowMs: number): void {
    if (Math.abs(nowMs - this.#sweptAtMs) < sweepEveryMs) return
    this.#sweptAtMs = nowMs
    for (const [key, { usedAtMs }] of this.#kept)
      if (Math.abs(nowMs - usedAtMs) > idleMs) this.#kept.delete(key)
  }
}
