import {
  constants,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib'
import type { Transform } from 'node:stream'
import { freeBytes } from './free-bytes.ts'
import { HttpError } from './http-error.ts'
import { readContentBytes } from './zstd-frame.ts'

/** Encodings of a body that are known; `deflate` comes with zlib's header and without. */
export type Encoding = 'identity' | 'gzip' | 'deflate' | 'zstd'

/** What the body is and how far it may grow. */
export interface DecompressOptions {
  readonly encoding: Encoding
  readonly maxBytes: number
  /** Told of every piece before it is kept; may throw to stop. */
  readonly grow: (bytes: number) => void
}

/**
 * What the header `Content-Encoding` names.
 * @throws {HttpError} 415 for an encoding that is not known, or several.
 */
export function readEncoding(header: string | undefined): Encoding {
  const name = (header ?? '').trim().toLowerCase()
  switch (name) {
    case '':
    case 'identity':
      return 'identity'
    case 'x-gzip':
      return 'gzip'
    case 'gzip':
    case 'deflate':
    case 'zstd':
      return name
    default:
      throw new HttpError(
        415,
        `Cannot read Content-Encoding "${name.slice(0, 100)}": identity, gzip, deflate and zstd are known`,
      )
  }
}

/**
 * The body without its `Content-Encoding`. Stops at the first piece past `maxBytes`, however much a small body promises.
 * @throws {HttpError} 400 for bytes that are not what the encoding says, 413 past the limit.
 */
export async function decompress(wire: Buffer, options: DecompressOptions): Promise<Buffer> {
  const { encoding } = options
  if (encoding === 'identity') return wire
  if (wire.length === 0) throw broken(encoding, 'it is empty')
  const stream = openStream(encoding, wire)
  const chunks: Buffer[] = []
  let length = 0
  try {
    stream.end(wire)
    // A decompressor's chunks are Buffers; the stream's type does not say so.
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      length += chunk.length
      if (length > options.maxBytes) {
        throw new HttpError(
          413,
          `Cannot take the body: it is longer than ${options.maxBytes} bytes when decompressed; send less at once`,
        )
      }
      options.grow(chunk.length)
      chunks.push(chunk)
    }
  } catch (error) {
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

/** Room for a whole block of log lines; a frame can promise more than it holds. */
const longestPiece = 8 * 1024 * 1024

function openStream(encoding: Exclude<Encoding, 'identity'>, wire: Buffer): Transform {
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

/** @see RFC 1950, section 2.2: method 8, and the two bytes are a multiple of 31. */
function hasZlibHeader(wire: Buffer): boolean {
  return wire.length >= 2 && ((wire[0] ?? 0) & 0x0f) === 8 && wire.readUInt16BE(0) % 31 === 0
}

function broken(encoding: Encoding, seen: string): HttpError {
  return new HttpError(400, `Cannot decompress the body as ${encoding}: ${seen}`)
}
