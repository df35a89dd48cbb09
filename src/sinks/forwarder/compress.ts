import { promisify } from 'node:util'
import { constants, deflate, gzip, zstdCompress } from 'node:zlib'
import type { Compression } from '../../component/datadog-settings.ts'

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

/** Compresses in another thread. The result holds on to little more memory than it needs, since it may have to wait. */
export async function compress(
  body: Buffer,
  { compression, compressionLevel }: CompressOptions,
): Promise<Compressed> {
  if (compression === 'none') return { body }
  const compressed = await compressAs(compression, body, compressionLevel)
  const isTight = compressed.length * 1.1 >= compressed.buffer.byteLength
  return {
    body: isTight ? compressed : Buffer.from(compressed),
    contentEncoding: compression,
  }
}

function compressAs(
  compression: Exclude<Compression, 'none'>,
  body: Buffer,
  level: number,
): Promise<Buffer> {
  // In one piece if it may be: each further one costs a turn of the event loop, and then a copy of all.
  const chunkSize = Math.max(1024, Math.ceil(body.length / 2))
  if (compression === 'zstd') {
    const params = { [constants.ZSTD_c_compressionLevel]: level }
    // Whoever decompresses it then knows how much room to make.
    return zstdAsync(body, { params, chunkSize, pledgedSrcSize: body.length })
  }
  const options = { level: Math.min(9, level), chunkSize }
  return compression === 'gzip' ? gzipAsync(body, options) : deflateAsync(body, options)
}
