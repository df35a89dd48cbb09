import { backOffMs } from '../../component/back-off.ts'
import type { SinkContext } from '../../component/sink.ts'

const backOff = { baseMs: 250, maxMs: 4000 }
/** Whatever `Retry-After` says. */
const longestPauseMs = 60_000

/** The time in which the server cannot be reached, or does not take what it is sent; logged once at each end. */
export class Outage {
  readonly #context: Pick<SinkContext, 'serverUrl' | 'telemetry'>
  readonly #texts: { readonly what: string; readonly meanwhile: string }
  #failures = 0
  #hasPaused = true
  #askedPauseMs = 0

  /** @param texts Completes "Cannot deliver `what` to the server …: …; `meanwhile`". */
  constructor(
    context: Pick<SinkContext, 'serverUrl' | 'telemetry'>,
    texts: { readonly what: string; readonly meanwhile: string },
  ) {
    this.#context = context
    this.#texts = texts
  }

  get isOn(): boolean {
    return this.#failures > 0
  }

  /**
   * Counts once for all requests that failed together.
   * @param pauseMs For how long the server asked to be left alone.
   */
  begin(reason: string, pauseMs = 0): void {
    const { telemetry, serverUrl } = this.#context
    const { what, meanwhile } = this.#texts
    if (this.#failures === 0)
      telemetry.log.warn(
        `Cannot deliver ${what} to the server ${serverUrl}: ${reason}; ${meanwhile}`,
      )
    if (this.#hasPaused) this.#failures += 1
    this.#hasPaused = false
    this.#askedPauseMs = Math.min(longestPauseMs, Math.max(this.#askedPauseMs, pauseMs))
  }

  end(): void {
    const { telemetry, serverUrl } = this.#context
    if (this.#failures > 0)
      telemetry.log.info(`The server ${serverUrl} takes ${this.#texts.what} again`)
    this.#failures = 0
    this.#hasPaused = true
    this.#askedPauseMs = 0
  }

  /** @returns For how many milliseconds to send nothing from now on; 0 unless something failed since the pause before. */
  beginPause(): number {
    if (this.#hasPaused) return 0
    const pauseMs = Math.max(this.#askedPauseMs, backOffMs(this.#failures, backOff))
    this.#hasPaused = true
    this.#askedPauseMs = 0
    return pauseMs
  }
}
