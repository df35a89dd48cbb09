import { open, type FileHandle } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { createZstdDecompress } from 'node:zlib'
import { CaptureReader, type CaptureEnd } from '../../wire/dogstatsd-capture/capture-reader.ts'
import type { CapturedPacket } from '../../wire/dogstatsd-capture/captured-packet.ts'

/** A capture cannot be read; the message names the file and what was seen. */
class CaptureError extends Error {
  override readonly name = 'CaptureError'
  readonly code = 'CAPTURE_UNREADABLE'
}

/** What is in a capture. */
export interface CaptureSummary extends CaptureEnd {
  readonly packets: number
  /** Of their payloads. */
  readonly bytes: number
  /** From the first packet to the last. */
  readonly spanMs: number
}

const zstdMark = 'fd2fb528'
const pieceBytes = 256 * 1024

/**
 * Goes through a capture once. What is to be told before the first packet stands behind the last one.
 * @throws {CaptureError}
 */
export async function summariseCapture(path: string): Promise<CaptureSummary> {
  const reader = new CaptureReader()
  let [packets, bytes, firstMs, lastMs] = [0, 0, 0, 0]
  for await (const { payload, timeMs } of readPackets(path, reader)) {
    if (packets === 0) firstMs = timeMs
    lastMs = Math.max(lastMs, timeMs)
    packets += 1
    bytes += payload.length
  }
  const end = guarded(path, () => reader.end())
  return { ...end, packets, bytes, spanMs: Math.max(0, lastMs - firstMs) }
}

/**
 * The packets of a capture, compressed or not, in their order; never more of it in memory than some pieces.
 * @throws {CaptureError}
 */
export async function* readPackets(
  path: string,
  reader: CaptureReader = new CaptureReader(),
): AsyncGenerator<CapturedPacket, void> {
  let file: FileHandle | undefined
  try {
    file = await open(path)
    if (!(await file.stat()).isFile()) throw new Error('it is no file')
    for await (const piece of await openPieces(file)) yield* reader.read(piece)
  } catch (error) {
    // A compressed file that was not written to its end.
    if (Object(error).code !== 'Z_BUF_ERROR') throw toCaptureError(path, error)
  } finally {
    await file?.close()
  }
}

async function openPieces(file: FileHandle): Promise<AsyncIterable<Uint8Array>> {
  const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0)
  const stream: Readable = file.createReadStream({
    start: 0,
    autoClose: false,
    highWaterMark: pieceBytes,
  })
  if (buffer.readUInt32LE(0).toString(16) !== zstdMark) return stream
  const decompressed = createZstdDecompress({ chunkSize: pieceBytes })
  stream.once('error', (error) => decompressed.destroy(error))
  return stream.pipe(decompressed)
}

function guarded<Result>(path: string, read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    throw toCaptureError(path, error)
  }
}

function toCaptureError(path: string, cause: unknown): CaptureError {
  const seen = cause instanceof Error ? cause.message : String(cause)
  return new CaptureError(`Cannot replay ${path}: ${seen}`, { cause })
}
