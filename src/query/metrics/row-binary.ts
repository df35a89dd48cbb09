/**
 * Reads what ClickHouse puts out as `RowBinary`, value by value.
 * @see ClickHouse docs, "RowBinary format"
 */
export class RowBinaryReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length
  }

  /** A `String`. */
  text(): string {
    return this.#take(this.#length()).toString()
  }

  /** An `Array(String)`. */
  texts(): string[] {
    const length = this.#length()
    return Array.from({ length }, () => this.text())
  }

  /** A `UInt32`. */
  whole(): number {
    return this.#take(Uint32Array.BYTES_PER_ELEMENT).readUInt32LE()
  }

  /** An `Array(Float64)`, in memory of its own, since numbers may lie at any address in the answer. */
  reals(): Float64Array {
    const bytes = this.#take(this.#length() * Float64Array.BYTES_PER_ELEMENT)
    return new Float64Array(Uint8Array.from(bytes).buffer)
  }

  /** LEB128: seven bits a byte, the lowest first. */
  #length(): number {
    let length = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#take(1).readUInt8()
      length += (byte % 128) * factor
      if (byte < 128) return length
    }
  }

  #take(size: number): Buffer {
    const end = this.#at + size
    if (end > this.#bytes.length) {
      throw new RangeError(`Cannot read the answer: it ends after ${this.#bytes.length} bytes`)
    }
    const taken = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return taken
  }
}
