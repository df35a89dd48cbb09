import type { Sketch } from '../../model/sketch.ts'
import { infinityKey } from '../../model/sketch/sketch-key.ts'
import { fieldTag } from '../datadog-series/decode-series.ts'
import { wireTypes, type ProtoReader } from '../protobuf/proto-reader.ts'
import { tidyBins } from './tidy-bins.ts'

/** The values of a distribution in one interval, without whose they are. */
export interface Dogsketch extends Pick<Sketch, 'count' | 'min' | 'max' | 'sum' | 'avg'> {
  /** Unix seconds, as it was told. */
  readonly timeS: number
  readonly keys: Int16Array
  readonly counts: Uint32Array
}

/** An agent keeps 4,096, but may tell a full one in several pieces. */
const maxWireBins = 65_536
const firstRoom = 1024

const tags = {
  time: fieldTag(1, wireTypes.varint),
  count: fieldTag(2, wireTypes.varint),
  min: fieldTag(3, wireTypes.fixed64),
  max: fieldTag(4, wireTypes.fixed64),
  avg: fieldTag(5, wireTypes.fixed64),
  sum: fieldTag(6, wireTypes.fixed64),
  key: fieldTag(7, wireTypes.varint),
  keys: fieldTag(7, wireTypes.bytes),
  binCount: fieldTag(8, wireTypes.varint),
  binCounts: fieldTag(8, wireTypes.bytes),
} as const

/** Reads the messages `Dogsketch` of one payload. */
export class DogsketchReader {
  readonly #reader: ProtoReader
  /** As long as each other; they grow with the largest sketch. */
  #keys = new Int32Array(firstRoom)
  #counts = new Uint32Array(firstRoom)
  #keyCount = 0
  #countCount = 0

  constructor(reader: ProtoReader) {
    this.#reader = reader
  }

  /**
   * Reads the message from the reader's position to `end`; undefined when there are no values in it.
   * @throws {WireError} When the bytes are none, or have a key that no value has.
   */
  read(end: number): Dogsketch | undefined {
    const reader = this.#reader
    const sketch = { timeS: 0, count: 0, min: 0, max: 0, avg: 0, sum: 0 }
    this.#keyCount = 0
    this.#countCount = 0
    while (reader.at < end) {
      const tag = reader.uint32(end)
      if (tag === tags.time) sketch.timeS = reader.int64(end)
      else if (tag === tags.count) sketch.count = reader.int64(end)
      else if (tag === tags.min) sketch.min = reader.double(end)
      else if (tag === tags.max) sketch.max = reader.double(end)
      else if (tag === tags.avg) sketch.avg = reader.double(end)
      else if (tag === tags.sum) sketch.sum = reader.double(end)
      else this.#readBins(tag, end)
    }
    if (this.#keyCount !== this.#countCount) {
      throw reader.fault(`a sketch has ${this.#keyCount} keys and ${this.#countCount} counts`)
    }
    const bins = tidyBins(
      this.#keys.subarray(0, this.#keyCount),
      this.#counts.subarray(0, this.#countCount),
    )
    return sketch.count > 0 && bins.keys.length > 0 ? { ...sketch, ...bins } : undefined
  }

  /** Numbers come packed, as agents write them, or one by one. */
  #readBins(tag: number, end: number): void {
    const reader = this.#reader
    if (tag === tags.keys || tag === tags.binCounts) {
      const stop = reader.endOfBytes(end)
      while (reader.at < stop) this.#addNumber(tag === tags.keys, stop)
    } else if (tag === tags.key || tag === tags.binCount) {
      this.#addNumber(tag === tags.key, end)
    } else {
      reader.skip(tag & 7, end)
    }
  }

  #addNumber(isKey: boolean, end: number): void {
    const number = this.#shortNumber(end) ?? this.#reader.uint32(end)
    if (Math.max(this.#keyCount, this.#countCount) === this.#keys.length) this.#makeRoom()
    if (!isKey) {
      this.#counts[this.#countCount++] = number
      return
    }
    // The last bit is the sign.
    const key = (number >>> 1) ^ -(number & 1)
    if (Math.abs(key) > infinityKey) throw this.#reader.fault(`a key is ${key}`)
    this.#keys[this.#keyCount++] = key
  }

  #makeRoom(): void {
    const room = this.#keys.length * 2
    if (room > maxWireBins) {
      throw this.#reader.fault(`a sketch has more than ${maxWireBins} bins`)
    }
    const keys = new Int32Array(room)
    keys.set(this.#keys)
    this.#keys = keys
    const counts = new Uint32Array(room)
    counts.set(this.#counts)
    this.#counts = counts
  }

  /** Nearly all keys and counts have one or two bytes; going straight for those halves the time of a payload. */
  #shortNumber(end: number): number | undefined {
    const { bytes, at } = this.#reader
    const low = bytes[at] ?? 0xff
    if (low < 0x80 && at < end) {
      this.#reader.at = at + 1
      return low
    }
    const high = bytes[at + 1] ?? 0xff
    if (high >= 0x80 || at + 1 >= end) return undefined
    this.#reader.at = at + 2
    return (low & 0x7f) | (high << 7)
  }
}
