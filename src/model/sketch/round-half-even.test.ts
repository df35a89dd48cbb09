import assert from 'node:assert/strict'
import { test } from 'node:test'
import { roundHalfEven } from './round-half-even.ts'

for (const [value, rounded] of [
  [0.5, 0],
  [1.5, 2],
  [2.5, 2],
  [-0.5, 0],
  [-1.5, -2],
  [-2.5, -2],
  [2.4999999999999996, 2],
  [2.51, 3],
  [-2.51, -3],
  [7, 7],
] as const) {
  // -0 is as good as 0.
  test(`rounds ${value} to ${rounded}`, () => assert.equal(roundHalfEven(value) + 0, rounded))
}
