/** One request that waits to be sent. */
export interface Payload {
  readonly route: string
  readonly contentType: string
  /** Compressed with zstd. */
  readonly body: Buffer
  /** Points, events, … in it, for counting what is lost. */
  readonly count: number
}

/**
 * Payloads in the order they came, up to a number of bytes; when there is no room the oldest give way. One that is on its
 * way stays in until it is taken by the server, so that it keeps its place if it has to be sent again.
 */
export class PayloadQueue {
  readonly #maxBytes: number
  #payloads: Payload[] = []
  readonly #onTheWay = new Set<Payload>()
  #sizeBytes = 0
  #wake: () => void = () => {}

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get sizeBytes(): number {
    return this.#sizeBytes
  }

  /** @returns The payloads that had to give way. */
  push(payload: Payload): readonly Payload[] {
    this.#payloads.push(payload)
    this.#sizeBytes += payload.body.length
    const dropped: Payload[] = []
    while (this.#sizeBytes > this.#maxBytes && this.#payloads.length > 1) {
      const oldest = this.#payloads.find((waiting) => !this.#onTheWay.has(waiting))
      if (oldest === undefined || oldest === payload) break
      this.remove(oldest)
      dropped.push(oldest)
    }
    this.#wake()
    return dropped
  }

  /** The oldest payload that is not on its way yet; from now on it is. */
  takeNext(): Payload | undefined {
    const next = this.#payloads.find((payload) => !this.#onTheWay.has(payload))
    if (next !== undefined) this.#onTheWay.add(next)
    return next
  }

  /** It did not arrive: it is to be sent again, before all that came after it. */
  putBack(payload: Payload): void {
    this.#onTheWay.delete(payload)
  }

  /** It arrived, or never will. */
  remove(payload: Payload): void {
    this.#onTheWay.delete(payload)
    const at = this.#payloads.indexOf(payload)
    if (at < 0) return
    this.#payloads.splice(at, 1)
    this.#sizeBytes -= payload.body.length
  }

  /** Resolves at the next `push` or `interrupt`. */
  nextPush(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }

  interrupt(): void {
    this.#wake()
  }

  /** Empties the queue. */
  takeAll(): readonly Payload[] {
    const all = this.#payloads
    this.#payloads = []
    this.#onTheWay.clear()
    this.#sizeBytes = 0
    return all
  }
}
