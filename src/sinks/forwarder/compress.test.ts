import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import { readContentBytes } from '../../http/zstd-frame.ts'
import { compress, compressNow } from './compress.ts'

/** Shrinks to a hundredth, to a fifth, and not at all. */
const bodies = {
  even: Buffer.alloc(800_000, 'docker.cpu.usage'),
  mixed: Buffer.concat([Buffer.alloc(400_000, 'a line of a log\n'), randomBytes(100_000)]),
  random: randomBytes(300_000),
  small: Buffer.from('{}'),
}

describe('compressing a body', () => {
  for (const [name, body] of Object.entries(bodies)) {
    test(`gives it back, and keeps little more memory than it needs: ${name}`, async () => {
      const zstd = await compress(body, { compression: 'zstd', compressionLevel: 1 })
      const gzip = await compress(body, { compression: 'gzip', compressionLevel: 6 })
      const zlib = await compress(body, { compression: 'deflate', compressionLevel: 6 })
      const now = compressNow(body, 1)
      assert.deepEqual(zstdDecompressSync(zstd.body), body)
      assert.deepEqual(gunzipSync(gzip.body), body)
      assert.deepEqual(inflateSync(zlib.body), body)
      assert.deepEqual(zstdDecompressSync(now), body)
      for (const one of [zstd.body, gzip.body, zlib.body, now]) {
        const heldBytes = one.buffer.byteLength
        assert.ok(heldBytes <= Math.max(one.length * 1.1, Buffer.poolSize), `${heldBytes} bytes`)
      }
    })
  }

  test('says in its head how long it becomes', async () => {
    const body = bodies.mixed
    const { body: later } = await compress(body, { compression: 'zstd', compressionLevel: 1 })
    assert.equal(readContentBytes(later), body.length)
    assert.equal(readContentBytes(compressNow(body, 1)), body.length)
  })
})
