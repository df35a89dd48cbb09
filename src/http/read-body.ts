import type { IncomingMessage } from 'node:http'
import { decompress, readEncodings } from './decompress.ts'
import { HttpError } from './http-error.ts'
import type { HttpLimits } from './limits.ts'

/** Reads whole bodies within the limits of one server. */
export type ReadBody = (request: IncomingMessage) => Promise<Buffer>

/**
 * Makes the reader of bodies. It undoes `Content-Encoding` and stops at the limits of one body and of all bodies that are
 * open at one time; what is left of a refused one is for whoever answers (`discardBody`).
 * The reader throws {HttpError} 400 for a body that ends early or is not what its encoding says, 413 for one that is too
 * long, 415 for an unknown encoding, 503 when too many bodies are open.
 */
export function createBodyReader(limits: HttpLimits): ReadBody {
  // However little may be open at one time, one body of the full length gets through.
  const maxOpenBytes = Math.max(limits.openBodyBytes, limits.bodyBytes + limits.decompressedBytes)
  let openBytes = 0
  function reserve(bytes: number): void {
    if (openBytes + bytes > maxOpenBytes) {
      throw new HttpError(
        503,
        'Cannot take the body now: too much is being read already; try again',
        {
          'retry-after': '1',
        },
      )
    }
    openBytes += bytes
  }
  return async (request) => {
    let reserved = 0
    function grow(bytes: number): void {
      reserve(bytes)
      reserved += bytes
    }
    try {
      const encodings = readEncodings(request.headers['content-encoding'])
      let body = await collect(request, limits.bodyBytes, grow)
      for (const encoding of encodings)
        body = await decompress(body, { encoding, maxBytes: limits.decompressedBytes, grow })
      return body
    } finally {
      openBytes -= reserved
    }
  }
}

async function collect(
  request: IncomingMessage,
  maxBytes: number,
  grow: (bytes: number) => void,
): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLong(maxBytes)
  const chunks: Buffer[] = []
  let length = 0
  return new Promise((resolve, reject) => {
    function stop(error: unknown): void {
      request.off('data', take)
      reject(error instanceof Error ? error : new Error(String(error)))
    }
    function take(chunk: Buffer): void {
      length += chunk.length
      if (length > maxBytes) {
        stop(tooLong(maxBytes))
        return
      }
      try {
        grow(chunk.length)
        chunks.push(chunk)
      } catch (error) {
        stop(error)
      }
    }
    request.on('data', take)
    request.once('end', () =>
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)),
    )
    request.once('error', () => reject(endedEarly()))
    request.once('close', () => reject(endedEarly()))
  })
}

function tooLong(maxBytes: number): HttpError {
  return new HttpError(
    413,
    `Cannot take the body: it is longer than ${maxBytes} bytes; send less at once`,
  )
}

function endedEarly(): HttpError {
  return new HttpError(400, 'Cannot read the body: the connection ended before it did')
}
