import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { KeptMemory } from './kept-memory.ts'

describe('KeptMemory', () => {
  const parts = (...texts: readonly string[]): readonly Buffer[] =>
    texts.map((text) => Buffer.from(text))

  test('joins what it is given, longer or shorter than before', () => {
    const memory = new KeptMemory(1000)
    const joined = [parts('ab', '', 'c'), parts('defgh', 'i'), parts('j'), []].map((some) =>
      Buffer.from(memory.join(some)).toString(),
    )
    assert.deepEqual(joined, ['abc', 'defghi', 'j', ''])
  })

  test('takes the same memory again, unless that was too much to keep', () => {
    const memory = new KeptMemory(100)
    const first = memory.join(parts('abcdef'))
    assert.equal(memory.join(parts('ghi')).buffer, first.buffer)
    memory.join([Buffer.alloc(200)])
    assert.equal(memory.join(parts('j')).buffer, first.buffer)
  })
})
