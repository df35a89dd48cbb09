import type { FrameReader } from './frame-reader.ts'

/** Gives the bytes of UTF-16 on in whole pairs, however they come. */
export class PairedBytes implements FrameReader {
  readonly #to: FrameReader
  #held: number | undefined

  constructor(to: FrameReader) {
    this.#to = to
  }

  take(bytes: Buffer, position: number): void {
    const held = this.#held
    const all = held === undefined ? bytes : Buffer.concat([Buffer.of(held), bytes])
    const whole = all.length - (all.length % 2)
    this.#held = whole < all.length ? all[whole] : undefined
    if (whole > 0) this.#to.take(all.subarray(0, whole), position - (held === undefined ? 0 : 1))
  }

  /** A byte without its other half is left out. */
  end(): void {
    this.#held = undefined
    this.#to.end()
  }

  settle(sinceMs: number): void {
    this.#to.settle(sinceMs)
  }
}
