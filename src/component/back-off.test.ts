import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { backOffMs } from './back-off.ts'

const limits = { baseMs: 250, maxMs: 4000 }

describe('backOffMs()', () => {
  for (const [attempt, fullMs] of [
    [1, 250],
    [2, 500],
    [3, 1000],
    [5, 4000],
    [6, 4000],
    [5000, 4000],
  ] as const) {
    test(`waits between ${fullMs / 2} and ${fullMs} ms before try ${attempt}`, () => {
      const pauses = Array.from({ length: 500 }, () => backOffMs(attempt, limits))
      assert.ok(Math.min(...pauses) >= fullMs / 2)
      assert.ok(Math.max(...pauses) <= fullMs)
    })
  }

  test('does not give all waiting ones the same pause', () => {
    const pauses = Array.from({ length: 50 }, () => backOffMs(3, limits))
    assert.ok(Math.max(...pauses) - Math.min(...pauses) > 100)
  })
})
