import { WireError } from '../wire-error.ts'

/** Far more than any agent puts into one payload: they send up to some ten thousands. */
const mostItems = 1_000_000

/** Wire types of protobuf; groups (3 and 4) are no longer in use and refused. */
export const wireTypes = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const

/**
 * A position in protobuf bytes. It never reads past `end` of the message it is in, whatever lengths the bytes claim.
 * @see protobuf's "Encoding" page
 */
export class ProtoReader {
  readonly bytes: Buffer
  readonly #view: DataView
  readonly #what: string
  #items = 0
  /** Whether the varint ended within `#low28`. */
  #isOver = false
  at = 0

  /** @param what Names the message in faults: `the protobuf MetricPayload`. */
  constructor(bytes: Uint8Array, what: string) {
    this.#what = what
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  /**
   * Counts one of what takes two bytes on the wire and many in memory: a series, a point, a tag.
   * @throws {WireError} When there are more than 1,000,000.
   */
  takeItem(): void {
    this.#items += 1
    if (this.#items > mostItems)
      throw this.fault(`there are more than ${mostItems} items; send fewer at once`)
  }

  /** A varint of at most 32 bits: tags, lengths, enums. Higher bits are refused. */
  uint32(end: number): number {
    const low = this.#low28(end)
    if (this.#isOver) return low
    const byte = this.#byte(end)
    if (byte > 0x0f) throw this.fault('a number has more than 32 bits')
    return low + byte * 2 ** 28
  }

  /** A varint of 64 bits with sign, as a double: exact up to 2^53. */
  int64(end: number): number {
    const low = this.#low28(end)
    if (this.#isOver) return low
    let high = 0
    for (let scale = 1; scale < 2 ** 42; scale *= 128) {
      const byte = this.#byte(end)
      high += (byte & 0x7f) * scale
      if (byte < 0x80)
        return high < 2 ** 35 ? high * 2 ** 28 + low : (high - 2 ** 36) * 2 ** 28 + low
    }
    throw this.fault('a number has more than 64 bits')
  }

  /** The first four bytes of a varint at most: most numbers are over then, and fit the processor's own. */
  #low28(end: number): number {
    let value = 0
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.#byte(end)
      value |= (byte & 0x7f) << shift
      this.#isOver = byte < 0x80
      if (this.#isOver) break
    }
    return value
  }

  #byte(end: number): number {
    if (this.at >= end) throw this.fault('a number is cut off')
    return this.bytes[this.at++] ?? 0
  }

  double(end: number): number {
    if (this.at + 8 > end) throw this.fault('a double is cut off')
    const value = this.#view.getFloat64(this.at, true)
    this.at += 8
    return value
  }

  float(end: number): number {
    if (this.at + 4 > end) throw this.fault('a float is cut off')
    const value = this.#view.getFloat32(this.at, true)
    this.at += 4
    return value
  }

  /** Eight bytes without a sign. */
  fixed64(end: number): bigint {
    if (this.at + 8 > end) throw this.fault('a number is cut off')
    const value = this.#view.getBigUint64(this.at, true)
    this.at += 8
    return value
  }

  /** Reads a length; gives where what it measures ends. */
  endOfBytes(end: number): number {
    const length = this.uint32(end)
    const stop = this.at + length
    if (stop > end) throw this.fault(`a length is ${length}, ${end - this.at} bytes are left`)
    return stop
  }

  text(end: number): string {
    return this.textUpTo(this.endOfBytes(end))
  }

  /** A text whose length was read before. */
  textUpTo(stop: number): string {
    const text = this.bytes.toString('utf8', this.at, stop)
    this.at = stop
    return text
  }

  /** Goes past the value of a field that is not known. */
  skip(wireType: number, end: number): void {
    switch (wireType) {
      case wireTypes.varint:
        this.int64(end)
        return
      case wireTypes.bytes:
        this.at = this.endOfBytes(end)
        return
      case wireTypes.fixed64:
      case wireTypes.fixed32:
        this.at += wireType === wireTypes.fixed64 ? 8 : 4
        if (this.at > end) throw this.fault('a number is cut off')
        return
      default:
        throw this.fault(`wire type ${wireType} is not in use`)
    }
  }

  fault(seen: string): WireError {
    return new WireError(`Cannot read ${this.#what}: at byte ${this.at} ${seen}`)
  }
}
