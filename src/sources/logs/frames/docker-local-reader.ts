import { LocalEntry } from './local-entry.ts'
import { emptyPart, rawLane } from './part-joiner.ts'
import type { LineReaderOptions } from './raw-reader.ts'

/**
 * Reads the frames of the driver `local`: the size of an entry, the entry, its size again, sizes with the highest byte first.
 * Where that does not fit, all is handed on as it is up to the next place where a frame begins as the engine begins them.
 * @see moby, daemon/logger/local/local.go
 */
export class DockerLocalReader {
  readonly #options: LineReaderOptions
  readonly #entry = new LocalEntry()
  readonly #part = emptyPart(0)
  readonly #damaged = emptyPart(rawLane)
  /** The begin of a frame that has not come whole. */
  #kept = Buffer.alloc(0)
  /** Whether the begin of a frame is being looked for. */
  #isLost = false

  constructor(options: LineReaderOptions) {
    this.#options = options
  }

  /** The next bytes of the file, of which the first is at `position`. */
  take(bytes: Buffer, position: number): void {
    const keptSize = this.#kept.length
    const all = keptSize === 0 ? bytes : Buffer.concat([this.#kept, bytes])
    this.#options.cursor.base = position - keptSize
    const read = this.#readFrames(all, false)
    this.#kept = Buffer.from(all.subarray(read))
  }

  /** Nothing more comes of the file: what is left is no whole frame. */
  end(): void {
    const { cursor, joiner } = this.#options
    cursor.base = cursor.readUpTo
    this.#readFrames(this.#kept, true)
    this.#kept = Buffer.alloc(0)
    this.#isLost = false
    joiner.endLane(rawLane)
  }

  /** Gives how many of the bytes it has read; with `isEnd` it reads them all. */
  #readFrames(bytes: Buffer, isEnd: boolean): number {
    const { cursor } = this.#options
    let at = 0
    while (at < bytes.length) {
      if (this.#isLost) {
        const next = this.#seekFrame(bytes, at, isEnd)
        if (next === at && this.#isLost) break
        at = next
        continue
      }
      const size = sizeOfFrame(bytes, at)
      if (size === 0 && !isEnd) break
      cursor.readUpTo = cursor.base + at + Math.max(size, 0)
      if (size > 0 && this.#handEntry(bytes, at, size)) at += size
      else {
        this.#lose(bytes, at)
        at += 1
      }
    }
    cursor.readUpTo = cursor.base + at
    return at
  }

  #handEntry(bytes: Buffer, at: number, size: number): boolean {
    const entry = this.#entry
    if (!entry.read(bytes, at + sizeBytes, at + size - sizeBytes)) return false
    const { cursor, joiner } = this.#options
    const part = this.#part
    part.bytes = bytes
    part.start = entry.start
    part.end = entry.end
    part.timeNs = entry.timeNs ?? cursor.readAtNs
    part.lane = entry.output
    part.position = cursor.base + at
    part.fileBytes = size
    part.isLast = entry.isLast
    joiner.add(part)
    return true
  }

  #lose(bytes: Buffer, at: number): void {
    const { cursor, onDamage } = this.#options
    onDamage(`cannot read the frame at byte ${cursor.base + at}`)
    this.#isLost = true
    this.#skip(bytes, at, at + 1)
  }

  /** Gives where the next frame begins, or up to where there is none. */
  #seekFrame(bytes: Buffer, from: number, isEnd: boolean): number {
    const found = bytes.indexOf(frameBegin, from + sizeBytes)
    const overlap = isEnd ? 0 : sizeBytes + frameBegin.length - 1
    const next = found < 0 ? Math.max(bytes.length - overlap, from) : found - sizeBytes
    this.#skip(bytes, from, next)
    if (found < 0) return next
    this.#isLost = false
    this.#options.joiner.endLane(rawLane)
    return next
  }

  /** Zeros before anything else are left out: they are no text, but what a crash leaves. */
  #skip(bytes: Buffer, from: number, end: number): void {
    const { cursor, joiner } = this.#options
    let start = from
    if (!joiner.hasBegun(rawLane)) while (start < end && bytes[start] === 0) start += 1
    if (start === end) return
    const part = this.#damaged
    part.bytes = bytes
    part.start = start
    part.end = end
    part.timeNs = cursor.readAtNs
    part.position = cursor.base + start
    part.fileBytes = end - start
    part.isLast = false
    joiner.add(part)
  }
}

const sizeBytes = 4
/** Larger ones the engine itself does not read. @see moby, daemon/logger/local/read.go */
const mostBytes = 1_000_000
/** The field `source`, and how both its values begin. */
const frameBegin = Buffer.from('\n\u0006std')
/** Tags of `source`, `time_nano` and `line`, with one of which an entry begins. */
const firstTags: readonly (number | undefined)[] = [0x0a, 0x10, 0x1a]

/** Bytes of the frame at `at`, with both sizes; 0 when not all of it is there; -1 when none begins there. */
function sizeOfFrame(bytes: Buffer, at: number): number {
  const left = bytes.length - at
  if (left < sizeBytes) return 0
  const size = bytes.readUInt32BE(at)
  if (size === 0 || size > mostBytes) return -1
  if (left > sizeBytes && !firstTags.includes(bytes[at + sizeBytes])) return -1
  if (left < size + 2 * sizeBytes) return 0
  return bytes.readUInt32BE(at + sizeBytes + size) === size ? size + 2 * sizeBytes : -1
}
