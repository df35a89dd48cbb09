import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { RowBinaryReader } from './row-binary.ts'

describe('RowBinaryReader', () => {
  test('reads values one after the other', () => {
    const real = Buffer.alloc(8)
    real.writeDoubleLE(-1.5)
    const reader = new RowBinaryReader(
      Buffer.concat([Buffer.from([2, 1, 0x61, 0, 2, 0xc3, 0xa9, 0x2a, 1, 0, 0, 1]), real]),
    )
    assert.deepEqual(reader.texts(), ['a', ''])
    assert.equal(reader.text(), 'é')
    assert.equal(reader.whole(), 298)
    assert.deepEqual(reader.reals(), Float64Array.of(-1.5))
    assert.ok(reader.isAtEnd)
  })

  test('reads lengths of more than one byte', () => {
    const text = 'x'.repeat(300)
    const reader = new RowBinaryReader(
      Buffer.concat([Buffer.from([1, 0xac, 2]), Buffer.from(text)]),
    )
    assert.deepEqual(reader.texts(), [text])
  })

  test('does not take the half of an answer for all of it', () => {
    assert.throws(
      () => new RowBinaryReader(Buffer.from([1, 5, 0x61])).texts(),
      /ends after 3 bytes/,
    )
  })
})
