import type { EngineEvent } from './parse-event.ts'

/** Events between two connections are asked for again from the newest one seen; this many are remembered to tell twins. */
const rememberedEvents = 1024

/** How far the events were read: enough to go on there in another process. */
export interface CursorState {
  /** Time of the newest event, Unix nanoseconds. */
  readonly newestNanos: bigint
  /** The events of just that moment that were read, in words of this class. */
  readonly seenThen: readonly string[]
}

/** Remembers how far the events were read, over lost connections. */
export class EventCursor {
  #newestNanos: bigint
  readonly #seen: Set<string>

  private constructor({ newestNanos, seenThen }: CursorState) {
    this.#newestNanos = newestNanos
    this.#seen = new Set(seenThen)
  }

  /** Begins with the events after `startMs`, Unix milliseconds. */
  static startingAt(startMs: number): EventCursor {
    return new EventCursor({
      newestNanos: BigInt(Math.floor(startMs)) * 1_000_000n,
      seenThen: [],
    })
  }

  /** Goes on behind the newest event that another one has read. */
  static goingOn(state: CursorState): EventCursor {
    return new EventCursor(state)
  }

  /** Time of the newest event that was read, or of the start; Unix milliseconds. */
  get newestMs(): number {
    return Number(this.#newestNanos / 1_000_000n)
  }

  /** For the engine's `since`, which includes that moment: seconds with nanoseconds behind the point. */
  since(): string {
    const text = this.#newestNanos.toString().padStart(10, '0')
    return `${text.slice(0, -9)}.${text.slice(-9)}`
  }

  /** @returns `false` for an event that was read before. */
  advance(event: EngineEvent): boolean {
    const identity = identify(event)
    if (this.#seen.has(identity)) return false
    this.#seen.add(identity)
    if (this.#seen.size > rememberedEvents) this.#forgetOldest()
    if (event.timeNanos > this.#newestNanos) this.#newestNanos = event.timeNanos
    return true
  }

  state(): CursorState {
    const beginning = `${this.#newestNanos} `
    return {
      newestNanos: this.#newestNanos,
      seenThen: [...this.#seen].filter((identity) => identity.startsWith(beginning)),
    }
  }

  #forgetOldest(): void {
    for (const oldest of this.#seen) {
      this.#seen.delete(oldest)
      return
    }
  }
}

function identify({ timeNanos, containerId, action, detail }: EngineEvent): string {
  return `${timeNanos} ${containerId} ${action} ${detail}`
}
