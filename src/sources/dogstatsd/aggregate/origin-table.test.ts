import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { OriginTable } from './origin-table.ts'

describe('OriginTable', () => {
  test('has number 0 for what tells nothing', () => {
    const origins = new OriginTable()
    assert.equal(origins.numberOf({ localData: undefined }, 0), 0)
    assert.deepEqual(origins.takeNew(), [])
  })

  test('gives one number to what tells the same, and tells it once', () => {
    const origins = new OriginTable()
    const number = origins.numberOf({ localData: 'ci-abc', entityId: undefined }, 0)
    assert.equal(origins.numberOf({ localData: 'ci-abc' }, 10), number)
    assert.notEqual(origins.numberOf({ externalData: 'ci-abc' }, 10), number)
    assert.deepEqual(origins.takeNew(), [
      { id: 1, localData: 'ci-abc' },
      { id: 2, externalData: 'ci-abc' },
    ])
    assert.deepEqual(origins.takeNew(), [])
  })

  test('forgets an origin a minute after it was asked for, if it has no context', () => {
    const origins = new OriginTable()
    const used = origins.numberOf({ localData: 'a' }, 0)
    const unused = origins.numberOf({ localData: 'b' }, 0)
    origins.count(used, 1)
    assert.deepEqual(origins.forget(50), [])
    assert.deepEqual(origins.forget(60), [unused])
    assert.equal(origins.numberOf({ localData: 'c' }, 60), unused)
    origins.count(used, -1)
    assert.deepEqual(origins.forget(70), [used])
  })

  test('knows no tag set of a number that is given anew', () => {
    const origins = new OriginTable()
    const number = origins.numberOf({ localData: 'a' }, 0)
    assert.equal(origins.setTagSet(number, 4), true)
    assert.equal(origins.setTagSet(number, 4), false)
    assert.equal(origins.tagSetOf(number), 4)
    origins.forget(60)
    origins.numberOf({ localData: 'b' }, 60)
    assert.equal(origins.tagSetOf(number), 0)
    assert.equal(origins.setTagSet(99, 4), false)
  })
})
