import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs'
import { constants, createGunzip, gunzipSync, type Gunzip } from 'node:zlib'
import { cutHead, makeFileId } from './file-id.ts'
import { atEnd, comesLater, keyOf, type Segment } from './segment.ts'

/** As much as is decompressed to find the first line; at most a thousand times as much comes of it. */
const headBytes = 8 * 1024
const trailerBytes = 4

export interface CompressedOptions {
  readonly hasTimedLines: boolean
  /** Place in the decompressed bytes to begin at. */
  readonly offset: number
  /** More can be read, or the end has come. */
  readonly onReadable: () => void
}

/** A rotated file that was compressed since, read through zlib a piece at a time. */
export class CompressedSegment implements Segment {
  readonly key: string
  readonly path: string
  readonly #descriptor: number
  readonly #options: CompressedOptions
  readonly #inode: bigint
  readonly #sizeBytes: number
  #stream: Gunzip | undefined
  #rest: Buffer = Buffer.alloc(0)
  #skipBytes: number
  #isEnded = false
  #failure: Error | undefined
  #id: bigint | undefined
  #offset: number

  /** @throws {Error} As `openSync` does. */
  constructor(path: string, options: CompressedOptions) {
    this.#descriptor = openSync(path, 'r')
    const stat = fstatSync(this.#descriptor, { bigint: true })
    this.path = path
    this.key = keyOf(stat)
    this.#inode = stat.ino
    this.#options = options
    this.#offset = options.offset
    this.#skipBytes = options.offset
    this.#sizeBytes = readSize(this.#descriptor, Number(stat.size))
  }

  get id(): bigint | undefined {
    return this.#id
  }

  get offset(): number {
    return this.#offset
  }

  /** Length of what is in it, as its last bytes tell: right below 4 GiB. */
  get sizeBytes(): number {
    return this.#sizeBytes
  }

  unreadBytes(): number {
    return Math.max(0, this.#sizeBytes - this.#offset)
  }

  /** It tells by itself when there is more. */
  hasChanged(): boolean {
    return false
  }

  /** What was opened is read: it was complete, and it does not grow. */
  isDeleted(): boolean {
    return false
  }

  identify(): boolean {
    if (this.#id !== undefined) return true
    const { hasTimedLines } = this.#options
    const head = cutHead(readBeginning(this.#descriptor), hasTimedLines)
    if (head.bytes.length === 0) return false
    this.#id = makeFileId(this.#inode, head, hasTimedLines)
    return true
  }

  read(buffer: Buffer): number {
    if (this.#failure !== undefined) throw this.#failure
    this.#stream ??= this.#open()
    while (this.#rest.length === 0) {
      const chunk: unknown = this.#stream.read()
      if (!Buffer.isBuffer(chunk)) return this.#isEnded ? atEnd : comesLater
      const skipped = Math.min(this.#skipBytes, chunk.length)
      this.#skipBytes -= skipped
      this.#rest = chunk.subarray(skipped)
    }
    const length = this.#rest.copy(buffer)
    this.#rest = this.#rest.subarray(length)
    this.#offset += length
    return length
  }

  close(): void {
    this.#stream?.destroy()
    closeSync(this.#descriptor)
  }

  #open(): Gunzip {
    const { onReadable } = this.#options
    const stream = createGunzip()
    stream.on('readable', onReadable)
    stream.on('end', () => {
      this.#isEnded = true
      onReadable()
    })
    const fail = (error: Error): void => {
      this.#failure = error
      onReadable()
    }
    stream.on('error', fail)
    // The stream closes a descriptor of its own: this one may be closed at any time.
    createReadStream(`/proc/self/fd/${this.#descriptor}`).on('error', fail).pipe(stream)
    return stream
  }
}

function readSize(descriptor: number, fileBytes: number): number {
  const trailer = Buffer.alloc(trailerBytes)
  readSync(descriptor, trailer, 0, trailerBytes, Math.max(0, fileBytes - trailerBytes))
  return trailer.readUInt32LE()
}

/** What the first piece decompresses to; nothing when it is damaged. */
function readBeginning(descriptor: number): Buffer {
  const piece = Buffer.alloc(headBytes)
  const length = readSync(descriptor, piece, 0, headBytes, 0)
  try {
    return gunzipSync(piece.subarray(0, length), { finishFlush: constants.Z_SYNC_FLUSH })
  } catch {
    return Buffer.alloc(0)
  }
}
