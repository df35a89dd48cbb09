import type { Batch, Item } from '../../../model/item.ts'

/** Items that are handed on together: one request to the server each. */
const batchItems = 5000

export interface OutboxParts {
  readonly emit: (batch: Batch) => Promise<void>
  /** Items that may wait while the pipeline has no room; what comes then is dropped. */
  readonly maxWaiting: number
  readonly onDropped: (count: number) => void
}

/** Gathers what is to be handed on, and waits for the pipeline without making whoever gives it wait. */
export class Outbox {
  readonly #parts: OutboxParts
  #waiting: Item[] = []
  #sending: Promise<void> | undefined
  #fault: Error | undefined

  constructor(parts: OutboxParts) {
    this.#parts = parts
  }

  /** Takes an item; it goes when there are 5,000, or with the next `send()`. */
  add(item: Item): void {
    if (this.#waiting.length >= this.#parts.maxWaiting) {
      this.#parts.onDropped(1)
      return
    }
    this.#waiting.push(item)
  }

  /** Begins to hand on what waits, if that is worth a batch. */
  sendFull(): void {
    if (this.#waiting.length >= batchItems) this.send()
  }

  /** Begins to hand on all that waits. */
  send(): void {
    if (this.#waiting.length === 0) return
    this.#sending ??= this.#sendAll()
  }

  /**
   * Resolves once all has been handed on.
   * @throws {Error} If the pipeline has refused something, now or before.
   */
  async flush(): Promise<void> {
    this.send()
    await this.#sending
    if (this.#fault !== undefined) throw this.#fault
  }

  /** Never rejects: nobody may be waiting yet. */
  async #sendAll(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const rest = this.#waiting
        this.#waiting = rest.length > batchItems ? rest.slice(batchItems) : []
        await this.#parts.emit(rest.length > batchItems ? rest.slice(0, batchItems) : rest)
      }
    } catch (error) {
      this.#fault = error instanceof Error ? error : new Error(String(error))
    } finally {
      this.#sending = undefined
    }
  }
}
