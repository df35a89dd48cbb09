import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { InsertColumn } from '../engine.ts'
import { describeColumns, encodeNativeBlock } from './native-block.ts'

function encode(columns: readonly InsertColumn[]): Buffer {
  return Buffer.concat([...encodeNativeBlock(columns)])
}

describe('encodeNativeBlock()', () => {
  test('writes the numbers of columns and rows, then names, types and values', () => {
    const block = encode([
      { name: 'n', type: 'UInt8', data: Uint8Array.of(1, 255) },
      { name: 's', type: 'String', data: ['é', ''] },
      { name: 'b', type: 'Bytes', data: Buffer.from('xyz'), offsets: Int32Array.of(0, 3, 3) },
    ])
    assert.equal(
      block.toString('latin1'),
      '\x03\x02\x01n\x05UInt8\x01\xff\x01s\x06String\x02\xc3\xa9\x00\x01b\x06String\x03xyz\x00',
    )
  })

  test('takes a view into larger memory as what it shows', () => {
    const data = new BigInt64Array([1n, 2n, 3n]).subarray(1, 2)
    const block = encode([{ name: 'a', type: 'Int64', data }])
    assert.deepEqual([...block.subarray(-8)], [2, 0, 0, 0, 0, 0, 0, 0])
  })

  test('cuts texts that are longer than a piece nowhere wrong', () => {
    const long = 'x'.repeat(3_000_000)
    const texts = ['a', long, 'b'.repeat(200), long, '']
    const bytes = Buffer.from(texts.join(''))
    const offsets = Int32Array.from([0, ...texts.keys()], (_, row) =>
      Buffer.byteLength(texts.slice(0, row).join('')),
    )
    const asTexts = encode([{ name: 'a', type: 'String', data: texts }])
    const asBytes = encode([{ name: 'a', type: 'Bytes', data: bytes, offsets }])
    assert.equal(asTexts.length, 2 + 2 + 7 + bytes.length + 1 + 4 + 2 + 4 + 1)
    assert.ok(asTexts.equals(asBytes))
  })

  test('describes columns as the engine knows their types', () =>
    assert.equal(
      describeColumns([
        { name: 'a', type: 'Float64', data: new Float64Array() },
        { name: 'b', type: 'Bytes', data: new Uint8Array(), offsets: Int32Array.of(0) },
      ]),
      'a Float64, b String',
    ))
})
