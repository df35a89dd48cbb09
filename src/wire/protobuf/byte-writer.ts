const firstSize = 64 * 1024

/** A buffer that grows, with the few ways of writing that protobuf needs. */
export class ByteWriter {
  #bytes: Buffer
  #length = 0

  /** @param sizeBytes Room at first. */
  constructor(sizeBytes = firstSize) {
    this.#bytes = Buffer.allocUnsafe(sizeBytes)
  }

  get length(): number {
    return this.#length
  }

  varint(value: number): void {
    this.#reserve(10)
    let rest = value
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80
      rest = Math.floor(rest / 0x80)
    }
    this.#bytes[this.#length++] = rest
  }

  double(value: number): void {
    this.#reserve(8)
    this.#length = this.#bytes.writeDoubleLE(value, this.#length)
  }

  /** Eight bytes without a sign, from 0 to 2^64. */
  fixed64(value: bigint): void {
    this.#reserve(8)
    this.#length = this.#bytes.writeBigUInt64LE(value, this.#length)
  }

  bytes(value: Uint8Array): void {
    this.#reserve(value.length)
    this.#bytes.set(value, this.#length)
    this.#length += value.length
  }

  /** A length-delimited field with text. */
  text(field: number, value: string): void {
    this.varint((field << 3) | lengthDelimited)
    this.varint(Buffer.byteLength(value))
    this.#reserve(value.length * 3)
    this.#length += this.#bytes.write(value, this.#length, 'utf8')
  }

  /** A length-delimited field with what was encoded before, such as a message. */
  message(field: number, value: Uint8Array): void {
    this.varint((field << 3) | lengthDelimited)
    this.varint(value.length)
    this.bytes(value)
  }

  /** A copy of what was written; the writer can then be used anew. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#length))
    this.#length = 0
    return taken
  }

  /** Forgets what was written. */
  clear(): void {
    this.#length = 0
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return
    const grown = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + count))
    this.#bytes.copy(grown, 0, 0, this.#length)
    this.#bytes = grown
  }
}

/** How many bytes a varint takes. */
export function varintBytes(value: number): number {
  let count = 1
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) count += 1
  return count
}

/** Wire type of texts, bytes and messages. */
export const lengthDelimited = 2
