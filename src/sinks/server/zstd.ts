import { promisify } from 'node:util'
import { constants, zstdCompress } from 'node:zlib'

const compressAsync = promisify(zstdCompress)

/** Datadog's own level: of 1.8 MB of series it leaves 57 kB in under a millisecond. */
const params = { [constants.ZSTD_c_compressionLevel]: 1 }

/** Compresses in another thread. The result holds on to little more memory than it needs, since it may have to wait. */
export async function compress(body: Buffer | string): Promise<Buffer> {
  // Whoever decompresses it then knows how much room to make.
  const pledgedSrcSize = Buffer.byteLength(body)
  // In one piece if it may be: each further one costs a turn of the event loop, and then a copy of all.
  const chunkSize = Math.max(1024, Math.ceil(body.length / 2))
  const compressed = await compressAsync(body, { params, chunkSize, pledgedSrcSize })
  const isTight = compressed.length * 1.1 >= compressed.buffer.byteLength
  return isTight ? compressed : Buffer.from(compressed)
}
