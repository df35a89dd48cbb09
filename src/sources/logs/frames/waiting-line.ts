import type { Place } from '../entry.ts'
import type { Part } from './part-joiner.ts'

/** What has come so far of a line that has not ended, without the pieces of it that were handed on already. */
export class WaitingLine {
  isWaiting = false
  bytes = Buffer.alloc(0)
  /** What waits is `bytes` from `start` to `end`. */
  start = 0
  end = 0
  /** Of its first part. */
  timeNs = 0n
  /** Of the first byte that waits. */
  fileId = 0n
  position = 0
  /** Pieces that were handed on, since the line is longer than allowed. */
  pieces = 0
  /** Monotonic milliseconds. */
  grownAtMs = 0
  /** From where the file must be read to have again what waits: the begin of a part, where `position` may be within one. */
  #readFrom: Place = { fileId: 0n, offset: 0 }
  /** The newest part: where in the file, and from where in `bytes`. */
  #newest: Place = { fileId: 0n, offset: 0 }
  #newestFrom = 0
  /** Bytes in the file for each byte of it; not above 1, so that no position lies in the next line. */
  #newestScale = 1

  get size(): number {
    return this.end - this.start
  }

  append(part: Part, fileId: bigint): void {
    const { bytes, start, end, timeNs, position } = part
    this.#newest = { fileId, offset: position }
    this.#newestScale = Math.min(part.fileBytes / Math.max(end - start, 1), 1)
    if (!this.isWaiting) {
      this.isWaiting = true
      this.timeNs = timeNs
      this.fileId = fileId
      this.position = position
      this.#readFrom = this.#newest
    }
    this.#reserve(end - start)
    this.#newestFrom = this.end
    Buffer.prototype.copy.call(bytes, this.bytes, this.end, start, end)
    this.end += end - start
  }

  /** The first `size` bytes were handed on; a part before the newest has no more than the bytes of a character in the rest. */
  drop(size: number): void {
    this.pieces += 1
    this.start += size
    this.fileId = this.#newest.fileId
    const within = Math.max(this.start - this.#newestFrom, 0)
    this.position = this.#newest.offset + Math.floor(within * this.#newestScale)
    this.#readFrom = this.#newest
  }

  clear(): void {
    this.isWaiting = false
    this.start = 0
    this.end = 0
    this.pieces = 0
    if (this.bytes.length > keptBytes) this.bytes = Buffer.alloc(0)
  }

  /** At most `mostBytes` of what waits: less, where a character of UTF-8 would be cut. */
  sizeOfWholeCharacters(mostBytes: number): number {
    let size = mostBytes
    const least = Math.max(mostBytes - 3, 1)
    while (size > least && isContinuation(this.bytes[this.start + size])) size -= 1
    return isContinuation(this.bytes[this.start + size]) ? mostBytes : size
  }

  readFrom(): Place {
    return this.#readFrom
  }

  #reserve(size: number): void {
    if (this.end + size <= this.bytes.length) return
    const wanted = this.size + size
    const target = wanted <= this.bytes.length ? this.bytes : Buffer.allocUnsafeSlow(wanted * 2)
    this.bytes.copy(target, 0, this.start, this.end)
    this.bytes = target
    this.end = this.size
    this.start = 0
  }
}

/** A line that was longer gives its memory back; most containers never have one. */
const keptBytes = 64 * 1024

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80
}
