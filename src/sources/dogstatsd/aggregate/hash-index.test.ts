import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { HashIndex } from './hash-index.ts'

describe('HashIndex', () => {
  test('tells numbers with one hash apart by what the asker says', () => {
    const index = new HashIndex(10)
    index.add(3, 77)
    index.add(5, 77)
    assert.equal(
      index.find(77, (number) => number === 5),
      5,
    )
    assert.equal(
      index.find(77, () => false),
      -1,
    )
    assert.equal(
      index.find(78, () => true),
      -1,
    )
  })

  test('finds what stands behind something that is removed', () => {
    const index = new HashIndex(10)
    for (const number of [1, 2, 3]) index.add(number, 9)
    index.remove(1)
    const finds = [1, 2, 3].map((number) => index.find(9, (each) => each === number))
    assert.deepEqual(finds, [-1, 2, 3])
  })

  test('finds the same as a map, whatever is added and removed', () => {
    const index = new HashIndex(2000)
    const hashes = new Map<number, number>()
    let state = 1
    for (let step = 0; step < 20_000; step += 1) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
      const number = state % 2000
      // Few hashes, so that many meet.
      if (hashes.delete(number)) index.remove(number)
      else {
        hashes.set(number, (state >>> 8) % 300)
        index.add(number, (state >>> 8) % 300)
      }
    }
    assert.equal(index.size, hashes.size)
    for (let number = 0; number < 2000; number += 1) {
      const hash = hashes.get(number)
      const found = index.find(hash ?? 0, (each) => each === number)
      assert.equal(found, hash === undefined ? -1 : number)
    }
  })
})
