import { compress as compressAs } from '../forwarder/compress.ts'

/** Datadog's own level: of 1.8 MB of series it leaves 57 kB in under a millisecond. */
const zstd = { compression: 'zstd', compressionLevel: 1 } as const

/** Compresses for our server, in another thread. */
export async function compress(body: Buffer | string): Promise<Buffer> {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  return (await compressAs(bytes, zstd)).body
}
