import { lengthDelimited } from '../protobuf/byte-writer.ts'
import { packetFields } from './captured-packet.ts'

/** Most bytes that a record has beside its payload: length, and tags and numbers of four fields. */
const maxOverheadBytes = 4 + 11 + 6 + 6 + 11
const nanosPerMs = 1_000_000n

/** A packet that lies in memory that is used again. */
export interface PacketInMemory {
  readonly memory: Uint8Array
  readonly from: number
  readonly to: number
  readonly pid: number
  /** Unix time, whole milliseconds. */
  readonly timeMs: number
}

/** Records of a capture, one behind the other, until they are taken. */
export class PacketRecords {
  #bytes: Buffer
  #length = 0
  #timeMs = -1
  /** Nanoseconds need more than a double holds; they are made once for all packets of a millisecond. */
  #time: Uint8Array = new Uint8Array()

  constructor(sizeBytes: number) {
    this.#bytes = Buffer.allocUnsafe(sizeBytes)
  }

  /** What is there now; used again after `clear`. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  clear(): void {
    this.#length = 0
  }

  /** Whether `append` needs no more memory for a packet of this length. */
  hasRoomFor(payloadBytes: number): boolean {
    return this.#length + payloadBytes + maxOverheadBytes <= this.#bytes.length
  }

  append({ memory, from, to, pid, timeMs }: PacketInMemory): void {
    const payloadBytes = to - from
    if (!this.hasRoomFor(payloadBytes)) this.#grow(payloadBytes)
    const start = this.#length
    this.#length += 4
    this.#writeTime(timeMs)
    this.#writeNumber(packetFields.payloadSize << 3, payloadBytes)
    this.#writeNumber((packetFields.payload << 3) | lengthDelimited, payloadBytes)
    this.#bytes.set(memory.subarray(from, to), this.#length)
    this.#length += payloadBytes
    this.#writeNumber(packetFields.pid << 3, pid)
    this.#bytes.writeUInt32LE(this.#length - start - 4, start)
  }

  #writeTime(timeMs: number): void {
    if (timeMs !== this.#timeMs) {
      this.#timeMs = timeMs
      this.#time = encodeVarint(BigInt(timeMs) * nanosPerMs)
    }
    this.#bytes[this.#length++] = packetFields.timestamp << 3
    this.#bytes.set(this.#time, this.#length)
    this.#length += this.#time.length
  }

  /** A tag and a number from 0 to 2^31. */
  #writeNumber(tag: number, value: number): void {
    this.#bytes[this.#length++] = tag
    let rest = value
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest & 0x7f) | 0x80
      rest >>>= 7
    }
    this.#bytes[this.#length++] = rest
  }

  #grow(payloadBytes: number): void {
    const needed = this.#length + payloadBytes + maxOverheadBytes
    const grown = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2))
    this.#bytes.copy(grown, 0, 0, this.#length)
    this.#bytes = grown
  }
}

function encodeVarint(value: bigint): Uint8Array {
  const bytes: number[] = []
  let rest = value
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  return Uint8Array.from([...bytes, Number(rest)])
}
