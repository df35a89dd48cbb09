/** Memory for what is put together again and again and let go of each time: one piece is kept in place of much garbage. */
export class KeptMemory {
  readonly #mostBytes: number
  #bytes = Buffer.alloc(0)

  /** More than `mostBytes` is given, but not kept. */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes
  }

  /** The parts one after the other, until the next call: it takes the same memory. */
  join(parts: readonly Uint8Array[]): Uint8Array {
    const length = parts.reduce((sum, part) => sum + part.length, 0)
    const bytes = this.#ofLength(length)
    let at = 0
    for (const part of parts) {
      bytes.set(part, at)
      at += part.length
    }
    return bytes.subarray(0, length)
  }

  #ofLength(length: number): Buffer {
    if (length <= this.#bytes.length) return this.#bytes
    const bytes = Buffer.allocUnsafeSlow(Math.ceil(length * 1.25))
    if (bytes.length <= this.#mostBytes) this.#bytes = bytes
    return bytes
  }
}
