import type { FileCursor } from './file-cursor.ts'

/** Who reads the lines. Bytes are valid during the call only, and have no line end; `FileCursor.base` tells where they lie. */
export interface LineReader {
  readonly line: (bytes: Buffer, start: number, end: number) => void
  /** Of a line that is longer than the limit, as many bytes as the limit is; the line goes on. */
  readonly part: (bytes: Buffer, start: number, end: number) => void
  /** The rest of such a line. */
  readonly lastPart: (bytes: Buffer, start: number, end: number) => void
}

export interface SplitterOptions {
  readonly cursor: FileCursor
  readonly reader: LineReader
  /** Where the next line end is from `from` on, which is the begin of a unit; -1 without one. */
  readonly findEnd: (bytes: Buffer, from: number) => number
  /** Bytes of a line end, and of all other units: 1, or 2 for UTF-16. */
  readonly unitBytes: number
  /** Longest line that is given as a whole, a multiple of `unitBytes`. */
  readonly limitBytes: number
  /** Monotonic milliseconds. */
  readonly nowMs: () => number
  readonly onDamage: (what: string) => void
}

/**
 * Finds the lines in bytes that come cut anywhere. What is handed over does not depend on where they were cut. Zeros before
 * a line are left out and told: they are no text, but what a crash, or a file that was cut under its writer, leaves.
 */
export class LineSplitter {
  readonly #options: SplitterOptions
  readonly #cursor: FileCursor
  /** The begin of a line whose end has not come, and where in the file it lies. */
  #kept = Buffer.alloc(0)
  #keptSize = 0
  #keptAt = 0
  #grownAtMs = 0
  /** Whether parts of the line that is being read were handed over. */
  #isLong = false
  /** Whether the line was handed over without its end, which does not make another one. */
  #isSettled = false
  #zeros = 0

  constructor(options: SplitterOptions) {
    this.#options = options
    this.#cursor = options.cursor
  }

  /** The next bytes of the file, whole units, of which the first is at `position`. */
  take(bytes: Buffer, position: number): void {
    const { findEnd, limitBytes, reader, unitBytes } = this.#options
    const cursor = this.#cursor
    let at = this.#isSettled ? this.#dropEnd(bytes) : 0
    while (at < bytes.length) {
      const isBegin = this.#keptSize === 0 && !this.#isLong
      if (isBegin && (this.#zeros > 0 || bytes[at] === 0)) at = this.#dropZeros(bytes, at, position)
      const found = findEnd(bytes, at)
      if (found < 0) {
        this.#keepBegin(bytes, at, position)
        return
      }
      cursor.readUpTo = position + found + unitBytes
      if (isBegin && found - at <= limitBytes) {
        cursor.base = position
        reader.line(bytes, at, found)
      } else this.#endLine(bytes.subarray(at, found), position + at)
      at = found + unitBytes
    }
    cursor.readUpTo = position + bytes.length
  }

  /** Nothing more comes of the file: what has no line end is a line. */
  end(): void {
    if (this.#zeros > 0) this.#tellZeros()
    this.#isSettled = false
    if (this.#keptSize > 0) this.#endKept()
  }

  /** Hands over a line without its end when nothing was added to it since `sinceMs`. */
  settle(sinceMs: number): void {
    if (this.#keptSize === 0 || this.#grownAtMs >= sinceMs) return
    this.#endKept()
    this.#isSettled = true
  }

  #dropEnd(bytes: Buffer): number {
    this.#isSettled = false
    return this.#options.findEnd(bytes, 0) === 0 ? this.#options.unitBytes : 0
  }

  #dropZeros(bytes: Buffer, from: number, position: number): number {
    if (this.#options.unitBytes > 1) return from
    let at = from
    while (bytes[at] === 0) at += 1
    this.#zeros += at - from
    this.#cursor.readUpTo = position + at
    if (at < bytes.length) this.#tellZeros()
    return at
  }

  #tellZeros(): void {
    const { onDamage } = this.#options
    onDamage(`${this.#zeros} NUL bytes before byte ${this.#cursor.readUpTo} were left out`)
    this.#zeros = 0
  }

  #keepBegin(bytes: Buffer, from: number, position: number): void {
    const rest = this.#handParts(bytes.subarray(from), position + from)
    if (this.#keptSize === 0) this.#keptAt = position + bytes.length - rest.length
    this.#keep(rest)
    this.#cursor.readUpTo = this.#keptAt
    this.#grownAtMs = this.#options.nowMs()
  }

  #endKept(): void {
    this.#cursor.readUpTo = this.#keptAt + this.#keptSize
    this.#endLine(nothing, this.#cursor.readUpTo)
  }

  /** Ends the line that is kept with these bytes, of which the first is at `position`. */
  #endLine(bytes: Buffer, position: number): void {
    const { reader } = this.#options
    const end = position + bytes.length
    const rest = this.#handParts(bytes, position)
    const finish = this.#isLong ? reader.lastPart : reader.line
    this.#isLong = false
    if (this.#keptSize === 0) {
      this.#cursor.base = end - rest.length
      finish(rest, 0, rest.length)
      return
    }
    this.#keep(rest)
    this.#cursor.base = this.#keptAt
    const size = this.#keptSize
    this.#keptSize = 0
    finish(this.#kept, 0, size)
    if (this.#kept.length > keptBytes) this.#kept = Buffer.alloc(0)
  }

  /** Hands over what is more than the limit of the line that these bytes, the first at `position`, go on with; gives the rest. */
  #handParts(bytes: Buffer, position: number): Buffer {
    const { limitBytes, reader } = this.#options
    let at = 0
    while (this.#keptSize + bytes.length - at > limitBytes) {
      this.#isLong = true
      const size = limitBytes - this.#keptSize
      if (this.#keptSize === 0) {
        this.#cursor.base = position
        reader.part(bytes, at, at + size)
      } else {
        this.#keep(bytes.subarray(at, at + size))
        this.#keptSize = 0
        this.#cursor.base = this.#keptAt
        reader.part(this.#kept, 0, limitBytes)
      }
      at += size
    }
    return bytes.subarray(at)
  }

  #keep(bytes: Buffer): void {
    const size = this.#keptSize + bytes.length
    if (size > this.#kept.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(size * 2, firstBytes))
      this.#kept.copy(larger, 0, 0, this.#keptSize)
      this.#kept = larger
    }
    bytes.copy(this.#kept, this.#keptSize)
    this.#keptSize = size
  }
}

const firstBytes = 512
/** What a longer line took is given back. */
const keptBytes = 64 * 1024
const nothing = Buffer.alloc(0)
