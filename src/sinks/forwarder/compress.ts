import { promisify } from 'node:util'
import {
  constants,
  deflate,
  gzip,
  zstdCompress,
  zstdCompressSync,
  type ZstdOptions,
} from 'node:zlib'
import type { Compression } from '../../component/datadog-settings.ts'
import { letGo } from './let-go.ts'

const [zstdAsync, deflateAsync, gzipAsync] = [
  promisify(zstdCompress),
  promisify(deflate),
  promisify(gzip),
]

/** A body that is ready to be sent. */
export interface Compressed {
  readonly body: Buffer
  /** Absent: as it was. */
  readonly contentEncoding?: string
}

/** How bodies are compressed. `level` is that of zstd, up to 22, or of zlib, up to 9. */
export interface CompressOptions {
  readonly compression: Compression
  readonly compressionLevel: number
}

/** What most bodies shrink by at least: the result then comes in one piece. Each further one costs a turn of the event loop. */
const expectedRatio = 8
const minChunkBytes = 16 * 1024

/**
 * Compresses in another thread, which is for bodies that keep a thread busy: V8 lets go of each of them, and of the room for
 * its result, only when it collects all of its heap, and does that the more often. The result holds on to little more memory
 * than it needs, since it may have to wait.
 */
export async function compress(
  body: Buffer,
  { compression, compressionLevel }: CompressOptions,
): Promise<Compressed> {
  if (compression === 'none') return { body }
  const compressed = await compressAs(compression, body, compressionLevel)
  return { body: tighten(compressed), contentEncoding: compression }
}

/** Compresses as zstd before it comes back, in two thirds of the CPU time; the body can be collected as soon as its caller drops it. */
export function compressNow(body: Buffer, level: number): Buffer {
  return tighten(zstdCompressSync(body, zstdOptions(body, level)))
}

function tighten(compressed: Buffer): Buffer {
  if (compressed.length * 1.1 >= compressed.buffer.byteLength) return compressed
  const tight = Buffer.from(compressed)
  letGo(compressed)
  return tight
}

function compressAs(
  compression: Exclude<Compression, 'none'>,
  body: Buffer,
  level: number,
): Promise<Buffer> {
  if (compression === 'zstd') return zstdAsync(body, zstdOptions(body, level))
  const options = { level: Math.min(9, level), chunkSize: chunkBytes(body) }
  return compression === 'gzip' ? gzipAsync(body, options) : deflateAsync(body, options)
}

function zstdOptions(body: Buffer, level: number): ZstdOptions {
  return {
    params: { [constants.ZSTD_c_compressionLevel]: level },
    chunkSize: chunkBytes(body),
    // Whoever decompresses it then knows how much room to make.
    pledgedSrcSize: body.length,
  }
}

function chunkBytes(body: Buffer): number {
  return Math.max(minChunkBytes, Math.ceil(body.length / expectedRatio))
}
