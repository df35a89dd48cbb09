import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { splitLines } from './split-lines.ts'

function split(packet: string, isEndRequired?: boolean): readonly string[] {
  const { lines } = splitLines(Buffer.from(packet), isEndRequired)
  return lines.map((line) => Buffer.from(line).toString())
}

describe('splitLines()', () => {
  test('takes line ends of both kinds off', () => {
    assert.deepEqual(split('a\r\nb\nc'), ['a', 'b', 'c'])
  })

  test('leaves empty lines out', () => {
    assert.deepEqual(split('\n\r\na\n\n'), ['a'])
  })

  test('says whether the last line has its end', () => {
    assert.equal(splitLines(Buffer.from('a\nb')).isUnterminated, true)
    assert.equal(splitLines(Buffer.from('a\nb\n')).isUnterminated, false)
    assert.equal(splitLines(Buffer.from('')).isUnterminated, false)
  })

  test('leaves a last line without its end out where the end is required', () => {
    assert.deepEqual(split('a\nb', true), ['a'])
    assert.deepEqual(split('a\nb\n', true), ['a', 'b'])
  })
})
