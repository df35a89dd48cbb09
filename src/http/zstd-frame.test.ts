import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createZstdCompress, gzipSync, zstdCompressSync } from 'node:zlib'
import { readContentBytes } from './zstd-frame.ts'

describe('readContentBytes()', () => {
  for (const length of [30, 255, 256, 65_791, 65_792, 5_000_000]) {
    test(`reads ${length}`, () => {
      assert.equal(readContentBytes(zstdCompressSync(Buffer.alloc(length, 'abcdefg'))), length)
    })
  }

  test('is undefined where the frame does not say', async () => {
    const stream = createZstdCompress()
    stream.write(Buffer.alloc(100_000))
    stream.end(Buffer.alloc(100_000))
    assert.equal(readContentBytes(Buffer.concat(await stream.toArray())), undefined)
  })

  test('is undefined for anything else', () => {
    assert.equal(readContentBytes(Buffer.alloc(0)), undefined)
    assert.equal(readContentBytes(gzipSync(Buffer.alloc(100))), undefined)
  })
})
