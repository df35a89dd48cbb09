/** What is told of so many contexts is tens of megabytes of short-lived objects. */
const manyContexts = 20_000
/** By then it has been encoded and sent. */
const sentWithinMs = 1500
/** By then most of the worker's code has been compiled. */
const warmAfterMs = 5000

/** How memory is given back. */
export interface Returning {
  /** Looks for what nobody refers to, and gives it back: some ten milliseconds. */
  readonly collect: () => void
  /** Gives back what has been freed already: a millisecond or two. */
  readonly trim: () => void
}

/** Sees to it that what a burst has left behind is given back soon, and not when V8 happens to need more. */
export class BurstMemory {
  readonly #returning: Returning
  #told = 0
  #forgotten = 0
  #wasLarge = false
  #timer: NodeJS.Timeout | undefined

  constructor(returning: Returning) {
    this.#returning = returning
  }

  /** A worker has started: compilers leave megabytes behind. */
  noteStart(): void {
    this.#after(warmAfterMs, this.#returning.trim)
  }

  /** So many contexts more have been told. */
  noteTold(contexts: number): void {
    this.#told += contexts
  }

  /** An interval has been told whole. */
  noteInterval(): void {
    if (this.#told >= manyContexts) this.#collectSoon()
    this.#told = 0
  }

  /** So many contexts more are not known any longer. */
  noteForgotten(contexts: number): void {
    this.#forgotten += contexts
    if (this.#forgotten < manyContexts) return
    this.#forgotten = 0
    this.#collectSoon()
  }

  /** The worker has ended, and all that was known of its contexts has been forgotten. */
  noteEnd(): void {
    if (this.#wasLarge) this.#collectSoon()
    this.#wasLarge = false
    this.#told = 0
    this.#forgotten = 0
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  #collectSoon(): void {
    this.#wasLarge = true
    this.#after(sentWithinMs, this.#returning.collect)
  }

  #after(delayMs: number, work: () => void): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(work, delayMs).unref()
  }
}
