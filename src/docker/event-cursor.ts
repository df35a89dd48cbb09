import type { EngineEvent } from './parse-event.ts'

/** Events between two connections are asked for again from the newest one seen; this many are remembered to tell twins. */
const rememberedEvents = 1024

/** Remembers how far the events were read, over lost connections. */
export class EventCursor {
  #newestNanos: bigint
  readonly #seen = new Set<string>()

  /** Begins with the events after `startMs`, Unix milliseconds. */
  constructor(startMs: number) {
    this.#newestNanos = BigInt(Math.floor(startMs)) * 1_000_000n
  }

  /** For the engine's `since`, which includes that moment: seconds with nanoseconds behind the point. */
  since(): string {
    const text = this.#newestNanos.toString().padStart(10, '0')
    return `${text.slice(0, -9)}.${text.slice(-9)}`
  }

  /** @returns `false` for an event that was read before. */
  advance({ timeNanos, containerId, action, detail }: EngineEvent): boolean {
    const identity = `${timeNanos} ${containerId} ${action} ${detail}`
    if (this.#seen.has(identity)) return false
    this.#seen.add(identity)
    if (this.#seen.size > rememberedEvents) this.#forgetOldest()
    if (timeNanos > this.#newestNanos) this.#newestNanos = timeNanos
    return true
  }

  #forgetOldest(): void {
    for (const oldest of this.#seen) {
      this.#seen.delete(oldest)
      return
    }
  }
}
