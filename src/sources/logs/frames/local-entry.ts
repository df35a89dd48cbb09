import { logTimesEndNs } from '../../../model/log-block.ts'
import { logOutputs } from '../../../model/log-level.ts'

/**
 * One entry of the driver `local`: a message of protobuf, read in place, `source` (1), `time_nano` (2), `line` (3), `partial` (4),
 * `partial_log_metadata` (5) with `last` (1).
 * @see moby, api/types/plugins/logdriver/entry.proto
 */
export class LocalEntry {
  /** The line is from `start` to `end` of the bytes that were read. */
  start = 0
  end = 0
  /** `undefined` where there is none, or none that can be. */
  timeNs: bigint | undefined
  /** Place in `logOutputs`. */
  output = 0
  /** False for a part of a line that goes on. */
  isLast = true
  #isPart = false
  #isLastPart = false
  #at = 0
  /** The number that was read last, as two halves. */
  readonly #halves = new Int32Array(2)
  readonly #whole = new BigInt64Array(this.#halves.buffer)

  /** False when `bytes` from `start` to `end` are no such message. */
  read(bytes: Buffer, start: number, end: number): boolean {
    this.start = start
    this.end = start
    this.timeNs = undefined
    this.output = 0
    this.#isPart = false
    this.#isLastPart = false
    this.#at = start
    while (this.#at < end) {
      const tag = this.#readNumber(bytes, end)
      const isBytes = (tag & 7) === wireBytes
      if (tag < 0 || (!isBytes && (tag & 7) !== wireNumber)) return false
      const value = this.#readNumber(bytes, end)
      if (value < 0 || (isBytes && value > end - this.#at)) return false
      this.#setField(bytes, tag, value)
      if (isBytes) this.#at += value
    }
    this.isLast = !this.#isPart || this.#isLastPart
    return true
  }

  /** @param value What was read, or the length of what is to be read at `#at`. */
  #setField(bytes: Buffer, tag: number, value: number): void {
    if (tag === sourceTag) this.output = outputOf(bytes, this.#at, this.#at + value)
    else if (tag === timeTag) this.timeNs = this.#timeRead()
    else if (tag === lineTag) {
      this.start = this.#at
      this.end = this.#at + value
    } else if (tag === partialTag) this.#isPart = value !== 0
    // `last` is its first field, and left out when it is false.
    else if (tag === metadataTag) this.#isLastPart = value > 1 && bytes[this.#at] === lastTag
  }

  #timeRead(): bigint | undefined {
    const timeNs = this.#whole[0] ?? 0n
    return timeNs > 0n && timeNs < logTimesEndNs ? timeNs : undefined
  }

  /** Reads a number of up to 64 bits; gives its lower 53, or -1 when it is cut off. Both halves are kept. */
  #readNumber(bytes: Buffer, end: number): number {
    let low = 0
    let high = 0
    for (let shift = 0; shift < 70; shift += 7) {
      if (this.#at >= end) return -1
      const byte = bytes[this.#at++] ?? 0
      if (shift < 28) low += (byte & 0x7f) * 2 ** shift
      else high += (byte & 0x7f) * 2 ** (shift - 28)
      if (byte >= 0x80) continue
      this.#halves[0] = low + (high % 16) * 2 ** 28
      this.#halves[1] = high / 16
      return low + (high % 2 ** 25) * 2 ** 28
    }
    return -1
  }
}

const wireNumber = 0
const wireBytes = 2
const sourceTag = (1 << 3) | wireBytes
const timeTag = (2 << 3) | wireNumber
const lineTag = (3 << 3) | wireBytes
const partialTag = (4 << 3) | wireNumber
const metadataTag = (5 << 3) | wireBytes
const lastTag = (1 << 3) | wireNumber

/** The names have one length, and differ in the fourth letter. */
function outputOf(bytes: Buffer, start: number, end: number): number {
  if (end - start !== 'stdout'.length) return 0
  return Math.max(logOutputs.indexOf(bytes[start + 3] === letterO ? 'stdout' : 'stderr'), 0)
}

const letterO = 111
