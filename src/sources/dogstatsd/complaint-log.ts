import type { Log } from '../../telemetry/log.ts'
import type { Complaint } from './worker-messages.ts'

/** A client that is wrong is wrong a thousand times a second: so many lines in so long are enough to see how. */
const maxLines = 5
const windowMs = 10_000

/** Writes to the log which messages could not be read, at a bounded rate. */
export class ComplaintLog {
  readonly #log: Log
  readonly #level: 'warn' | 'debug'
  #windowEndMs = 0
  #lines = 0
  #left = 0

  /** @param isQuiet Whether only those who look for it want to read it. */
  constructor(log: Log, isQuiet: boolean) {
    this.#log = log
    this.#level = isQuiet ? 'debug' : 'warn'
  }

  add(complaints: readonly Complaint[], nowMs: number): void {
    if (nowMs >= this.#windowEndMs) this.#beginWindow(nowMs)
    for (const { sentence, reason } of complaints) {
      if (this.#lines === maxLines) {
        this.#left += 1
        continue
      }
      this.#lines += 1
      this.#log[this.#level]({ reason }, sentence)
    }
  }

  #beginWindow(nowMs: number): void {
    if (this.#left > 0)
      this.#log[this.#level](
        `${this.#left} and more messages to DogStatsD could not be read either`,
      )
    this.#windowEndMs = nowMs + windowMs
    this.#lines = 0
    this.#left = 0
  }
}
