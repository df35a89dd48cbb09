import { Dispatcher } from './dispatcher.ts'
import { makeEntry, type Entry } from './entry.ts'
import type { Courier, Destination, FinalVerdict, ForwarderContext, Payload } from './forwarder.ts'

/** What is to be read again after the next start. */
class StoppedError extends Error {
  override readonly name = 'StoppedError'
  readonly code = 'STOPPED'

  constructor() {
    super('The agent stopped before the server had answered')
  }
}

/** Opens the way of payloads that are never given up, to one destination. */
export function openCourier(destination: Destination, context: ForwarderContext): Courier {
  return new MemoryCourier(destination, context)
}

class MemoryCourier implements Courier {
  readonly #closed = new AbortController()
  readonly #context: ForwarderContext
  readonly #dispatcher: Dispatcher
  readonly #waiting = new Map<Entry, PromiseWithResolvers<FinalVerdict>>()
  readonly #unwatch: () => void
  #sizeBytes = 0
  #sequence = 0

  constructor(destination: Destination, context: ForwarderContext) {
    const deadline = AbortSignal.any([context.deadline, this.#closed.signal])
    this.#context = { ...context, deadline }
    this.#dispatcher = new Dispatcher(destination, this.#context, {
      onVerdict: (entry, verdict) => this.#waiting.get(entry)?.resolve(verdict),
      shouldRetry: () => true,
    })
    this.#unwatch = context.telemetry.watchEndpoint(() =>
      this.#dispatcher.endpoint.describe({
        waiting: this.#waiting.size,
        memoryBytes: this.#sizeBytes,
        diskBytes: 0,
      }),
    )
    if (deadline.aborted) this.#stop()
    else deadline.addEventListener('abort', () => this.#stop(), { once: true })
  }

  async deliver(payload: Payload): Promise<FinalVerdict> {
    const { deadline, clock } = this.#context
    if (deadline.aborted) throw new StoppedError()
    const entry = makeEntry({ order: 'oldest-first', ...payload }, this.#sequence, clock())
    this.#sequence += 1
    const waiting = Promise.withResolvers<FinalVerdict>()
    this.#waiting.set(entry, waiting)
    this.#sizeBytes += payload.body.length
    this.#dispatcher.laneOf(entry.payload).add(entry)
    this.#dispatcher.pump()
    try {
      return await waiting.promise
    } finally {
      this.#waiting.delete(entry)
      this.#sizeBytes -= payload.body.length
    }
  }

  close(): void {
    this.#closed.abort()
  }

  #stop(): void {
    for (const { reject } of this.#waiting.values()) reject(new StoppedError())
    this.#dispatcher.close()
    this.#unwatch()
  }
}
