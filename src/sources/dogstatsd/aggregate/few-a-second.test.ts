import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FewASecond } from './few-a-second.ts'

test('FewASecond takes so many in a second, and as many in the next', () => {
  let nowMs = 1500
  const list = new FewASecond<number>(() => nowMs, 2)
  assert.deepEqual([list.add(1), list.add(2), list.add(3)], [true, true, false])
  assert.deepEqual(list.take(), [1, 2])
  assert.equal(list.add(4), false)
  assert.equal(list.isEmpty, true)
  nowMs = 2000
  assert.equal(list.add(5), true)
  assert.deepEqual(list.take(), [5])
})
