import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { makeFileId, readHead, type FileHead } from './file-id.ts'
import { atEnd, keyOf, wasCut, type Segment } from './segment.ts'

const emptyHead: FileHead = { bytes: Buffer.alloc(0), isWhole: false }
/** Of a longer first line no more is compared. */
const comparedBytes = 1024
const seenHead = Buffer.allocUnsafeSlow(comparedBytes)

/**
 * A file as it was written. Reads are synchronous: what was written a moment ago is in the page cache, where 256 KiB by
 * `readSync` cost two thirds of the CPU that they cost by way of the thread pool, and small ones a third.
 */
export class PlainSegment implements Segment {
  readonly key: string
  readonly path: string
  readonly descriptor: number
  readonly #inode: bigint
  readonly #hasTimedLines: boolean
  #head = emptyHead
  #id: bigint | undefined
  #offset = 0
  #seenBytes = 0

  /** @throws {Error} As `openSync` does, or because it is no file. */
  constructor(path: string, hasTimedLines: boolean) {
    // A pipe would hold up whoever opens it.
    this.descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const stat = fstatSync(this.descriptor, { bigint: true })
    if (!stat.isFile()) {
      closeSync(this.descriptor)
      throw new Error('it is no file')
    }
    this.path = path
    this.key = keyOf(stat)
    this.#inode = stat.ino
    this.#hasTimedLines = hasTimedLines
  }

  get id(): bigint | undefined {
    return this.#id
  }

  get offset(): number {
    return this.#offset
  }

  /** Goes on at another place; at one behind the end, the file was cut meanwhile, and is read from its beginning. */
  startAt(offset: number): void {
    this.#offset = offset > fstatSync(this.descriptor).size ? 0 : offset
  }

  /**
   * Begins anew, as another file, with what is in it since it was cut.
   * @returns How many bytes were seen in it, and not read.
   */
  restart(): number {
    const cutBytes = Math.max(0, this.#seenBytes - this.#offset)
    this.#offset = 0
    this.#seenBytes = 0
    this.#id = undefined
    this.#head = emptyHead
    return cutBytes
  }

  /** When it was last written to, in Unix nanoseconds. */
  writtenAtNs(): bigint {
    return fstatSync(this.descriptor, { bigint: true }).mtimeNs
  }

  unreadBytes(): number {
    const { size } = fstatSync(this.descriptor)
    if (size > this.#seenBytes) this.#seenBytes = size
    return Math.max(0, size - this.#offset)
  }

  hasChanged(): boolean {
    const { size } = fstatSync(this.descriptor)
    if (size > this.#seenBytes) this.#seenBytes = size
    return size !== this.#offset || this.#isCut(size)
  }

  isDeleted(): boolean {
    return fstatSync(this.descriptor).nlink === 0
  }

  identify(isFinal: boolean): boolean {
    if (this.#id !== undefined) return true
    const head = readHead(this.descriptor, this.#hasTimedLines)
    if (!head.isWhole && !isFinal) return false
    if (head.bytes.length === 0) return false
    this.#head = head
    this.#id = makeFileId(this.#inode, head, this.#hasTimedLines)
    return true
  }

  read(buffer: Buffer): number {
    const length = readSync(this.descriptor, buffer, 0, buffer.length, this.#offset)
    if (length === 0 && this.#isCut(fstatSync(this.descriptor).size)) return wasCut
    // Looked at afterwards: if the beginning is still the same now, the bytes are from the same life of the file. A file that
    // was cut may have been filled again to the very byte, too.
    if (!this.#hasSameHead()) return wasCut
    if (length === 0) return atEnd
    this.#offset += length
    return length
  }

  close(): void {
    closeSync(this.descriptor)
  }

  #isCut(size: number): boolean {
    return size < this.#offset || size < this.#head.bytes.length
  }

  #hasSameHead(): boolean {
    const length = Math.min(comparedBytes, this.#head.bytes.length)
    const seen = readSync(this.descriptor, seenHead, 0, length, 0)
    return seen === length && seenHead.compare(this.#head.bytes, 0, length, 0, length) === 0
  }
}
