import type { HeldWorker, RunningWorker, WorkerLink } from './answers/worker-link.ts'
import type { Receiver } from './receive/receiver.ts'
import type { FromWorker, ToWorker } from './worker-messages.ts'

/** The way to the worker for all who have something to tell it or to hear from it, from before it can be reached on. */
export class ReceiverLink implements WorkerLink {
  readonly #listeners = new Set<(report: FromWorker) => void>()
  #receiver: Receiver | undefined
  #untold: ToWorker[] = []
  /** Of the worker that runs, or of the next one. */
  #ending = new AbortController()

  /** From now on the worker can be told. */
  attach(receiver: Receiver): void {
    this.#receiver = receiver
    for (const message of this.#untold) receiver.tell(message)
    this.#untold = []
  }

  readonly tell = (message: ToWorker): void => {
    if (this.#receiver === undefined) this.#untold.push(message)
    else this.#receiver.tell(message)
  }

  /** Passes on what the worker tells. */
  take(report: FromWorker): void {
    for (const listener of this.#listeners) listener(report)
    if (report.kind !== 'stopped' && report.kind !== 'failed') return
    this.#ending.abort()
    this.#ending = new AbortController()
  }

  readonly running = (): RunningWorker | undefined =>
    this.#receiver?.describe().isAwake === true ? this.#worker() : undefined

  /** What it is held for, a capture or a replay, starts the worker when it is told, and keeps it. */
  readonly hold = async (): Promise<HeldWorker> => ({ ...this.#worker(), release: () => {} })

  #worker(): RunningWorker {
    return {
      tell: this.tell,
      onReport: (listener) => {
        this.#listeners.add(listener)
        return () => this.#listeners.delete(listener)
      },
      ended: this.#ending.signal,
    }
  }
}
