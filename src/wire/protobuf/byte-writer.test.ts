import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ByteWriter } from './byte-writer.ts'

function hexOf(write: (writer: ByteWriter) => void): string {
  const writer = new ByteWriter()
  write(writer)
  return writer.take().toString('hex')
}

describe('ByteWriter', () => {
  const varints: readonly [value: number, hex: string][] = [
    [0, '00'],
    [1, '01'],
    [127, '7f'],
    [128, '8001'],
    [300, 'ac02'],
    [2 ** 31, '8080808008'],
    [1_795_189_550, 'aed681d806'],
    [2 ** 53 - 1, 'ffffffffffffff0f'],
  ]
  for (const [value, hex] of varints) {
    test(`writes ${value} seven bits at a time, lowest first`, () =>
      assert.equal(
        hexOf((writer) => writer.varint(value)),
        hex,
      ))
  }

  test('writes a double with its lowest byte first', () => {
    assert.equal(
      hexOf((writer) => writer.double(1.5)),
      '000000000000f83f',
    )
  })

  test('writes a text with its length in bytes, not in characters', () => {
    assert.equal(
      hexOf((writer) => writer.text(2, 'é€😀')),
      '1209c3a9e282acf09f9880',
    )
    assert.equal(
      hexOf((writer) => writer.text(16, '')),
      '820100',
    )
  })

  test('grows beyond its first size and loses nothing', () => {
    const writer = new ByteWriter()
    const piece = Buffer.alloc(1000, 'abcdefghij')
    for (let i = 0; i < 300; i += 1) writer.bytes(piece)
    assert.equal(writer.length, 300_000)
    assert.deepEqual(writer.take(), Buffer.alloc(300_000, 'abcdefghij'))
  })

  test('writes a text that is longer than all its room', () => {
    const text = '€'.repeat(100_000)
    const writer = new ByteWriter()
    writer.text(1, text)
    assert.equal(writer.take().subarray(4).toString('utf8'), text)
  })

  test('hands out a copy that later writing does not change', () => {
    const writer = new ByteWriter()
    writer.varint(7)
    const taken = writer.take()
    writer.varint(9)
    assert.equal(taken.toString('hex'), '07')
    assert.equal(writer.take().toString('hex'), '09')
  })

  test('forgets what it is told to', () => {
    const writer = new ByteWriter()
    writer.varint(7)
    writer.clear()
    writer.varint(9)
    assert.equal(writer.take().toString('hex'), '09')
  })
})
