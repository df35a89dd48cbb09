import {
  constants,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
  type Gunzip,
  type Inflate,
  type InflateRaw,
  type ZstdDecompress,
} from 'node:zlib'
import { freeBytes } from './free-bytes.ts'
import { HttpError } from './http-error.ts'
import { readSnappyLength, undoSnappy } from './snappy-block.ts'
import { readContentBytes } from './zstd-frame.ts'

/** Encodings of a body that are known; `deflate` comes with zlib's header and without, `snappy` as one block without frames. */
export type Encoding = 'identity' | 'gzip' | 'deflate' | 'zstd' | 'snappy'

/** What the body is and how far it may grow. */
export interface DecompressOptions {
  readonly encoding: Encoding
  readonly maxBytes: number
  /** Told of every piece before it is kept; may throw to stop. */
  readonly grow: (bytes: number) => void
}

/** Nobody compresses more often than once on the way and once more in between. */
const maxEncodings = 2

/**
 * What the header `Content-Encoding` names, in the order in which it is to be undone: the last that was done comes first.
 * @throws {HttpError} 415 for an encoding that is not known, or more than two.
 * @see RFC 9110, section 8.4
 */
export function readEncodings(header: string | undefined): Encoding[] {
  const encodings = (header ?? '').split(',').map(readEncoding)
  const compressions = encodings.filter((encoding) => encoding !== 'identity')
  if (compressions.length <= maxEncodings) return compressions.toReversed()
  throw new HttpError(
    415,
    `Cannot read Content-Encoding "${header?.slice(0, 100)}": it names ${compressions.length} encodings; up to ${maxEncodings} can be undone`,
  )
}

function readEncoding(given: string): Encoding {
  const name = given.trim().toLowerCase()
  switch (name) {
    case '':
    case 'identity':
      return 'identity'
    case 'x-gzip':
      return 'gzip'
    case 'gzip':
    case 'deflate':
    case 'zstd':
    case 'snappy':
      return name
    default:
      throw new HttpError(
        415,
        `Cannot read Content-Encoding "${name.slice(0, 100)}": identity, gzip, deflate, zstd and snappy are known`,
      )
  }
}

/**
 * The body without its `Content-Encoding`. Stops at the first piece past `maxBytes`, however much a small body promises.
 * @throws {HttpError} 400 for bytes that are not what the encoding says, or more than that, 413 past the limit.
 */
export async function decompress(wire: Buffer, options: DecompressOptions): Promise<Buffer> {
  const { encoding } = options
  if (encoding === 'identity') return wire
  if (wire.length === 0) throw broken(encoding, 'it is empty')
  if (encoding === 'snappy') return decompressBlock(wire, options)
  const stream = openStream(encoding, wire)
  const chunks: Buffer[] = []
  let length = 0
  try {
    stream.end(wire)
    // A decompressor's chunks are Buffers; the stream's type does not say so.
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      length += chunk.length
      if (length > options.maxBytes) throw tooLong(options.maxBytes)
      options.grow(chunk.length)
      chunks.push(chunk)
    }
    const { bytesWritten } = stream
    if (bytesWritten < wire.length)
      throw broken(encoding, `${wire.length - bytesWritten} bytes follow its end`)
  } catch (error) {
    chunks.forEach(freeBytes)
    if (error instanceof HttpError) throw error
    throw broken(encoding, error instanceof Error ? error.message : String(error))
  } finally {
    stream.destroy()
  }
  if (chunks.length === 1 && chunks[0]) return chunks[0]
  const body = Buffer.concat(chunks, length)
  chunks.forEach(freeBytes)
  return body
}

type Decompressor = Gunzip | Inflate | InflateRaw | ZstdDecompress

/** Room for a whole block of log lines; a frame can promise more than it holds. */
const longestPiece = 8 * 1024 * 1024

function openStream(
  encoding: Exclude<Encoding, 'identity' | 'snappy'>,
  wire: Buffer,
): Decompressor {
  // One pass through the thread pool for each chunk: large chunks keep that rare (1.8 MB: 2 in place of 110).
  let chunkSize = Math.min(Math.max(wire.length * 8, 16 * 1024), 1024 * 1024)
  switch (encoding) {
    case 'gzip':
      return createGunzip({ chunkSize })
    case 'deflate':
      return hasZlibHeader(wire) ? createInflate({ chunkSize }) : createInflateRaw({ chunkSize })
    case 'zstd':
      // In one piece where the frame says how long it becomes: nothing has to be put together then. A piece that is not quite
      // full is the last; after a full one, zlib asks for memory for the next.
      chunkSize = Math.max(chunkSize, Math.min((readContentBytes(wire) ?? 0) + 1, longestPiece))
      // A frame may ask for a window of 128 MiB; 16 MiB is more than any level up to 19 uses.
      return createZstdDecompress({ chunkSize, params: { [constants.ZSTD_d_windowLogMax]: 24 } })
  }
}

/** A block says first how long it becomes: nothing is made room for that it could not be, or may not be. */
function decompressBlock(wire: Buffer, { maxBytes, grow }: DecompressOptions): Buffer {
  const length = readSnappyLength(wire)
  if (length === undefined) throw broken('snappy', 'the length it begins with cannot be')
  if (length > maxBytes) throw tooLong(maxBytes)
  grow(length)
  const body = undoSnappy(wire)
  if (body === undefined) throw broken('snappy', 'it is not a block of snappy')
  return body
}

/** @see RFC 1950, section 2.2: method 8, and the two bytes are a multiple of 31. */
function hasZlibHeader(wire: Buffer): boolean {
  return wire.length >= 2 && ((wire[0] ?? 0) & 0x0f) === 8 && wire.readUInt16BE(0) % 31 === 0
}

function tooLong(maxBytes: number): HttpError {
  return new HttpError(
    413,
    `Cannot take the body: it is longer than ${maxBytes} bytes when decompressed; send less at once`,
  )
}

function broken(encoding: Encoding, seen: string): HttpError {
  return new HttpError(400, `Cannot decompress the body as ${encoding}: ${seen}`)
}
