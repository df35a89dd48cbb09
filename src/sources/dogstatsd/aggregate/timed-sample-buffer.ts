import type { TimedSamples } from '../worker-messages.ts'
import type { ContextTable } from './context-table.ts'
import type { Outbox } from './outbox.ts'

const maxSamples = 2048
/** So long samples wait for others. */
const maxWaitMs = 2000

/**
 * Samples that came with their time: nothing is added up, they are handed on as they are. A sample rate says nothing about
 * them, as with the Datadog Agent.
 * @see `pkg/aggregator/no_aggregation_stream_worker.go` of the Datadog Agent
 */
export class TimedSampleBuffer {
  readonly #contexts: ContextTable
  readonly #outbox: Outbox
  readonly #contextIds = new Int32Array(maxSamples)
  readonly #timesS = new Float64Array(maxSamples)
  readonly #taken = new Float64Array(maxSamples)
  #length = 0
  /** When the first of them was seen, by `handOnOld`. */
  #sinceMs: number | undefined

  constructor(contexts: ContextTable, outbox: Outbox) {
    this.#contexts = contexts
    this.#outbox = outbox
  }

  get length(): number {
    return this.#length
  }

  add(context: number, timeS: number, values: Float64Array): void {
    this.#contexts.heardS[context] = this.#contexts.startS
    for (const value of values) {
      if (this.#length === maxSamples) this.handOn()
      this.#contextIds[this.#length] = context
      this.#timesS[this.#length] = timeS
      this.#taken[this.#length] = value
      this.#length += 1
    }
  }

  /** Hands them on if they have waited for long enough. */
  handOnOld(clock: () => number): void {
    if (this.#length === 0) return
    const now = clock()
    this.#sinceMs ??= now
    if (now - this.#sinceMs >= maxWaitMs || now < this.#sinceMs) this.handOn()
  }

  handOn(): void {
    if (this.#length === 0) return
    const message: TimedSamples = {
      kind: 'timed',
      contextIds: this.#contextIds.slice(0, this.#length),
      timesS: this.#timesS.slice(0, this.#length),
      values: this.#taken.slice(0, this.#length),
    }
    this.#length = 0
    this.#sinceMs = undefined
    this.#outbox.push(message)
  }
}
