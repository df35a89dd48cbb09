import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeSketch } from '../../../test/agent/sketches.ts'
import { keyValue, sketchKey } from './sketch-key.ts'
import { sketchQuantile } from './sketch-quantile.ts'

const hundred = makeSketch(Array.from({ length: 100 }, (_one, n) => n + 1))

describe('sketchQuantile()', () => {
  for (const [share, value] of [
    [0, 1],
    [-1, 1],
    [1, 100],
    [2, 100],
    [0.5, keyValue(sketchKey(51))],
    [0.99, keyValue(sketchKey(99))],
  ] as const) {
    test(`takes ${value} for ${share} of 1 to 100`, () => {
      assert.equal(sketchQuantile(hundred, share), value)
    })
  }

  test('knows the only value exactly', () =>
    assert.equal(sketchQuantile(makeSketch([7.3]), 0.5), 7.3))

  test('never leaves what the values lie between', () => {
    // The bin of 1.005 stands for 1, that of 1.02 for 1.015625.
    const sketch = makeSketch([1.005, 1.005, 1.005, 1.007])
    assert.equal(sketchQuantile(sketch, 0.4), 1.005)
  })

  test('takes the greatest value for those that are too large for a bin', () => {
    assert.equal(sketchQuantile(makeSketch([1, 1e300, 1e301, 1e302]), 0.5), 1e302)
  })

  test('has none when there is nothing', () => {
    assert.equal(sketchQuantile({ min: 0, max: 0, keys: [], counts: [] }, 0.5), Number.NaN)
  })
})
