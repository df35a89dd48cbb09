import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { KnownWords } from './known-words.ts'

describe('KnownWords', () => {
  test('gives the word between two places, known or not', () => {
    const words = new KnownWords()
    const bytes = Buffer.from('eth0 eth1 eth eth0')
    const seen = [0, 5, 14].map((at) => words.at(bytes, at, at + 4))
    assert.deepEqual([...seen, words.at(bytes, 10, 13)], ['eth0', 'eth1', 'eth0', 'eth'])
  })

  test('does not change a word when its bytes are overwritten', () => {
    const words = new KnownWords()
    const bytes = Buffer.from('eth0')
    words.at(bytes, 0, 4)
    bytes.write('eth1')
    assert.equal(words.at(bytes, 0, 4), 'eth1')
    bytes.write('eth0')
    assert.equal(words.at(bytes, 0, 4), 'eth0')
  })

  test('reads more words than it keeps', () => {
    const words = new KnownWords()
    for (const from of [0, 0]) {
      for (let i = from; i < 300; i += 1) {
        const text = String(i)
        assert.equal(words.at(Buffer.from(text), 0, text.length), text)
      }
    }
  })
})
