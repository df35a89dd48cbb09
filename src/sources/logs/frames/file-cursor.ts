import type { Place } from '../entry.ts'

/** Where the bytes lie that are being read now: in which file, and which of its bytes is the first of the buffer. */
export class FileCursor {
  fileId = 0n
  /** Offset in the file of the first byte of the buffer that is being read. */
  base = 0
  /** Offset in the file up to where all has been read as lines, and was handed on or waits elsewhere. */
  readUpTo = 0
  /** Unix time of the reading, in nanoseconds. */
  readAtNs = 0n
  /** In the order in which they were begun. */
  readonly #files: bigint[] = []

  begin({ fileId, offset }: Place): void {
    this.fileId = fileId
    this.base = offset
    this.readUpTo = offset
    if (this.#files.at(-1) === fileId) return
    this.#files.push(fileId)
    if (this.#files.length > mostFiles) this.#files.shift()
  }

  /** The earlier of two places; `undefined` is the latest. A file of which nothing is known any more is the earliest. */
  earlier(one: Place | undefined, other: Place | undefined): Place | undefined {
    if (one === undefined || other === undefined) return one ?? other
    const order = this.#files.lastIndexOf(one.fileId) - this.#files.lastIndexOf(other.fileId)
    return (order || one.offset - other.offset) <= 0 ? one : other
  }

  /** Up to where all has been read. */
  here(): Place {
    return { fileId: this.fileId, offset: this.readUpTo }
  }
}

/** Lines do not wait longer than that. */
const mostFiles = 16
