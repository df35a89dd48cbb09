import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { FreeList } from './free-list.ts'

function take(list: FreeList, count: number): number[] {
  return Array.from({ length: count }, () => list.take())
}

describe('FreeList', () => {
  test('gives each number once, in order, up to its limit', () => {
    assert.deepEqual(take(new FreeList(3), 4), [0, 1, 2, -1])
  })

  test('gives what was given back before it takes more memory', () => {
    const list = new FreeList(10)
    take(list, 4)
    list.give(1)
    list.give(2)
    assert.deepEqual(take(list, 3), [1, 2, 4])
    assert.equal(list.used, 5)
  })

  test('goes round, so that what is taken together lies together', () => {
    const list = new FreeList(10)
    take(list, 4)
    list.give(3)
    assert.equal(list.take(), 3)
    list.give(0)
    list.give(3)
    assert.deepEqual(take(list, 2), [0, 3])
  })

  test('begins with the lowest again once it is rewound', () => {
    const list = new FreeList(10)
    take(list, 6)
    for (const number of [5, 4, 2]) list.give(number)
    list.rewind()
    assert.equal(list.top, 4)
    assert.deepEqual(take(list, 2), [2, 4])
  })

  test('has nothing below its top once all are given back and it is rewound', () => {
    const list = new FreeList(4)
    for (const number of take(list, 4)) list.give(number)
    list.rewind()
    assert.deepEqual([list.top, list.used, list.take()], [0, 0, 0])
  })
})
