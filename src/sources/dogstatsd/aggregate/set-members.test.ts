import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { rowInts } from './row.ts'
import { SetMembers } from './set-members.ts'

function createMembers(limit: number): SetMembers {
  return new SetMembers(new Int32Array(20 * rowInts), limit)
}

describe('SetMembers', () => {
  test('counts a member of a context once', () => {
    const members = createMembers(10)
    const added = [
      members.add(1, 5, 6),
      members.add(1, 5, 6),
      members.add(1, 6, 6),
      members.add(2, 5, 6),
    ]
    assert.deepEqual(added, [1, 0, 1, 1])
    assert.equal(members.count, 3)
  })

  test('refuses what there is no room for, but knows what it has', () => {
    const members = createMembers(2)
    members.add(1, 1, 1)
    members.add(1, 2, 2)
    assert.equal(members.add(1, 3, 3), -1)
    assert.equal(members.add(1, 2, 2), 0)
  })

  test('makes the members of one context those of another', () => {
    const members = createMembers(5)
    for (const low of [1, 2, 3]) members.add(1, 0, low)
    for (const low of [3, 4]) members.add(2, 0, low)
    assert.equal(members.merge(2, 1), 1)
    assert.equal(members.merge(2, 1), 0)
    assert.equal(members.add(1, 0, 4), 0)
  })

  test('finds all members while it grows, and none once it is cleared', () => {
    const members = createMembers(5000)
    for (let low = 0; low < 5000; low += 1) assert.equal(members.add(low % 7, low, low), 1)
    for (let low = 0; low < 5000; low += 1) assert.equal(members.add(low % 7, low, low), 0)
    members.clear()
    assert.equal(members.count, 0)
    assert.equal(members.add(0, 0, 0), 1)
  })
})
