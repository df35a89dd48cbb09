interface WaitingSender<T> {
  readonly item: T
  /** Tells the sender whether its item went in. */
  readonly settle: (isIn: boolean) => void
}

/**
 * First in, first out, with room for `capacity` items. A full queue makes the sender wait; a closed one hands out what
 * it still holds and then ends. Senders that wait get the room in the order they came.
 */
export class BoundedQueue<T> implements AsyncIterable<T> {
  readonly #capacity: number
  readonly #items: T[] = []
  readonly #waitingSenders = new Set<WaitingSender<T>>()
  readonly #waitingReaders: (() => void)[] = []
  #isClosed = false

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get length(): number {
    return this.#items.length
  }

  /** Resolves `true` once the item is in, `false` when there was no room within `patienceMs` or the queue is closed. */
  async push(item: T, patienceMs: number): Promise<boolean> {
    if (this.#isClosed) return false
    if (this.#items.length >= this.#capacity) return this.#waitForRoom(item, patienceMs)
    this.#put(item)
    return true
  }

  /** No more goes in; readers get what is left, then the end. */
  close(): void {
    this.#isClosed = true
    for (const sender of this.#waitingSenders) sender.settle(false)
    for (const wake of this.#waitingReaders.splice(0)) wake()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, void> {
    for (;;) {
      const item = this.#items.shift()
      if (item !== undefined) {
        this.#letNextIn()
        yield item
      } else if (this.#isClosed) return
      else await this.#nextPut()
    }
  }

  #put(item: T): void {
    this.#items.push(item)
    this.#waitingReaders.shift()?.()
  }

  #nextPut(): Promise<void> {
    return new Promise((resolve) => {
      this.#waitingReaders.push(resolve)
    })
  }

  #waitForRoom(item: T, patienceMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (isIn: boolean): void => {
        clearTimeout(timer)
        this.#waitingSenders.delete(sender)
        resolve(isIn)
      }
      const timer = setTimeout(settle, patienceMs, false)
      const sender = { item, settle }
      this.#waitingSenders.add(sender)
    })
  }

  #letNextIn(): void {
    for (const sender of this.#waitingSenders) {
      this.#put(sender.item)
      sender.settle(true)
      return
    }
  }
}
