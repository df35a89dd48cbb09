import type { ForwarderSettings } from '../../component/forwarder-settings.ts'

/** Whatever `Retry-After` says. */
const longestAskedMs = 60_000
/** After an outage thousands come back at the same moment; each waits up to this before it sends all that it has. */
const longestHoldMs = 10_000

/**
 * Whether something that may fail is to be tried now: at will while all is well, one try at a time with growing pauses
 * while it is in trouble, and one at a time for a while after it has come back.
 */
export class Circuit {
  readonly #backOff: ForwarderSettings['backOff']
  #failures = 0
  #failedAtMs = 0
  #inTroubleSinceMs = 0
  #untilMs = 0
  #fullAtMs = 0

  constructor(backOff: ForwarderSettings['backOff']) {
    this.#backOff = backOff
  }

  get isInTrouble(): boolean {
    return this.#failures > 0
  }

  /** In trouble, and what was tried last has failed. */
  get isFailing(): boolean {
    return this.#failures > 0 && this.#untilMs > 0
  }

  /** How many tries may be under way at a time: none, one, or any number. */
  room(nowMs: number): number {
    if (this.#isAhead(this.#untilMs, nowMs)) return 0
    return this.#failures > 0 || this.#isAhead(this.#fullAtMs, nowMs) ? 1 : Infinity
  }

  /** When `room` grows by itself; `Infinity` when it does not. */
  nextChangeMs(nowMs: number): number {
    if (this.#isAhead(this.#untilMs, nowMs)) return this.#untilMs
    return this.#isAhead(this.#fullAtMs, nowMs) ? this.#fullAtMs : Infinity
  }

  /**
   * Counts once for all tries that were under way together.
   * @param startedAtMs When this one was started.
   * @param askedMs For how long the other side asked to be left alone.
   */
  fail(startedAtMs: number, nowMs: number, askedMs = 0): void {
    if (this.#failures === 0) this.#inTroubleSinceMs = nowMs
    if (this.#failures === 0 || startedAtMs >= this.#failedAtMs) {
      this.#failures = Math.min(this.#failures + 1, mostFailures(this.#backOff))
      this.#failedAtMs = nowMs
      this.#untilMs = nowMs + pauseMs(this.#failures, this.#backOff)
    }
    this.#untilMs = Math.max(this.#untilMs, nowMs + Math.min(askedMs, longestAskedMs))
  }

  /** The next try need not wait. */
  succeed(nowMs: number): void {
    if (this.#failures === 0) return
    const { resets, recovery } = this.#backOff
    this.#failures = resets ? 0 : Math.max(0, this.#failures - recovery)
    this.#untilMs = 0
    const longestMs = Math.min(longestHoldMs, (nowMs - this.#inTroubleSinceMs) / 2)
    if (this.#failures === 0) this.#fullAtMs = nowMs + Math.random() * longestMs
  }

  /** No pause is longer than that: then the clock was set back, and the pause is over. */
  #isAhead(timeMs: number, nowMs: number): boolean {
    const longestMs = Math.max(longestAskedMs, longestHoldMs, this.#backOff.maxMs)
    return nowMs < timeMs && timeMs - nowMs <= longestMs
  }
}

/** Random, since all who failed together would come again together. */
export function pauseMs(failures: number, backOff: ForwarderSettings['backOff']): number {
  const { baseMs, maxMs, factor } = backOff
  const fullMs = Math.min(maxMs, baseMs * 2 ** Math.min(failures, mostFailures(backOff)))
  const leastMs = fullMs / factor
  return leastMs + Math.random() * (fullMs - leastMs)
}

/** Beyond that pauses do not grow, and a long outage must not take longer to get over than a short one. */
function mostFailures({ baseMs, maxMs }: ForwarderSettings['backOff']): number {
  return Math.max(1, Math.ceil(Math.log2(maxMs / baseMs)))
}
