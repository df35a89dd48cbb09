import { setImmediate as nextTurn } from 'node:timers/promises'
import { promLimits } from './limits.ts'
import { PrometheusError } from './prometheus-error.ts'

/** How long the work on one question may hold the process before others get their turn. */
const turnMs = 15

/** What is left of time and memory for one question. */
export class Budget {
  readonly #deadlineMs: number
  #samples = 0
  #turnBeganMs = performance.now()

  constructor(timeoutMs: number) {
    this.#deadlineMs = performance.now() + timeoutMs
  }

  /**
   * Counts samples that are about to be read or computed.
   * @throws {PrometheusError} `execution` when the question takes too many.
   */
  take(samples: number): void {
    this.check(samples)
    this.#samples += samples
  }

  /**
   * Looks whether so many more may be taken.
   * @throws {PrometheusError} `execution` when they may not.
   */
  check(samples: number): void {
    if (this.#samples + samples <= promLimits.maxSamples) return
    throw new PrometheusError(
      'execution',
      `the query takes more than ${promLimits.maxSamples} samples; name fewer series, a shorter time or a longer step`,
    )
  }

  /**
   * Lets others work when this question has had its turn.
   * @throws {PrometheusError} `timeout` when its time is over.
   */
  async breathe(): Promise<void> {
    const nowMs = performance.now()
    if (nowMs > this.#deadlineMs) {
      throw new PrometheusError(
        'timeout',
        'the query took longer than it may; name fewer series or a shorter time',
      )
    }
    if (nowMs - this.#turnBeganMs < turnMs) return
    await nextTurn()
    this.#turnBeganMs = performance.now()
  }
}
