/** Bytes put one behind the other, in memory that is used again as long as it is not much. */
export class ByteGatherer {
  bytes = Buffer.allocUnsafe(0)
  length = 0
  readonly #keptBytes: number

  /** @param keptBytes Memory above it is let go of by `clear()`. */
  constructor(keptBytes: number) {
    this.#keptBytes = keptBytes
  }

  clear(): void {
    this.length = 0
    if (this.bytes.length > this.#keptBytes) this.bytes = Buffer.allocUnsafe(0)
  }

  /** Copies `bytes` from `start` to `end`. */
  add(bytes: Uint8Array, start: number, end: number): void {
    const length = this.length + end - start
    this.#grow(length)
    this.bytes.set(bytes.subarray(start, end), this.length)
    this.length = length
  }

  addAll(bytes: Uint8Array): void {
    this.add(bytes, 0, bytes.length)
  }

  /** Adds a text as UTF-8. */
  addText(text: string): void {
    // No character of UTF-16 takes more than three bytes of UTF-8.
    this.#grow(this.length + 3 * text.length)
    this.length += this.bytes.write(text, this.length)
  }

  #grow(length: number): void {
    if (length <= this.bytes.length) return
    const grown = Buffer.allocUnsafeSlow(Math.max(1024, length, 2 * this.bytes.length))
    grown.set(this.bytes.subarray(0, this.length))
    this.bytes = grown
  }
}
