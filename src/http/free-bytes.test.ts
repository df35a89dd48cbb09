import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { freeBytes } from './free-bytes.ts'

describe('freeBytes()', () => {
  test('leaves nothing of a large buffer', () => {
    const bytes = Buffer.alloc(1024 * 1024)
    freeBytes(bytes)
    assert.deepEqual([bytes.length, bytes.buffer.byteLength], [0, 0])
  })

  test('leaves what others may use as it is', () => {
    const large = Buffer.alloc(1024 * 1024)
    const kept = [Buffer.from('from the pool'), large.subarray(0, 200 * 1024)]
    kept.forEach(freeBytes)
    assert.deepEqual(
      [...kept, large].map(({ length }) => length),
      [13, 200 * 1024, 1024 * 1024],
    )
  })
})
