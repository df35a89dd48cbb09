import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { maxBins, sketchKey } from '../../model/sketch/sketch-key.ts'
import { sketchQuantile } from '../../model/sketch/sketch-quantile.ts'
import { spreadBuckets, type Bucket, type KnownFacts } from './spread-buckets.ts'

const unknown: KnownFacts = { sum: undefined, min: undefined, max: undefined }

function spread(buckets: readonly Bucket[], facts = unknown): ReturnType<typeof spreadBuckets> {
  return spreadBuckets(buckets, facts, { bins: 100_000 })
}

describe('spreadBuckets()', () => {
  test('spreads the values of a bucket evenly over it, and loses none', () => {
    const sketch = spread([{ lower: 10, upper: 20, count: 1001 }])
    assert.ok(sketch)
    assert.equal(
      Array.from(sketch.counts).reduce((sum, count) => sum + count, 0),
      1001,
    )
    assert.deepEqual([sketch.count, sketch.min, sketch.max, sketch.sum], [1001, 10, 20, 15_015])
    for (const share of [0.1, 0.5, 0.9]) {
      const value = sketchQuantile(sketch, share)
      assert.ok(Math.abs(value - (10 + 10 * share)) < 0.2, `${share}: ${value}`)
    }
  })

  test('puts values of a bucket without an end at the bound that it has', () => {
    const sketch = spread([
      { lower: -Infinity, upper: 5, count: 2 },
      { lower: 10, upper: Infinity, count: 3 },
    ])
    assert.deepEqual(Array.from(sketch?.keys ?? []), [sketchKey(5), sketchKey(10)])
    assert.deepEqual([sketch?.min, sketch?.max, sketch?.sum], [5, 10, 40])
  })

  test('goes by the least, the greatest and the sum of the values where they are known', () => {
    const facts = { sum: 21, min: 4, max: 12 }
    const sketch = spread(
      [
        { lower: -Infinity, upper: 5, count: 2 },
        { lower: 10, upper: Infinity, count: 1 },
      ],
      facts,
    )
    assert.deepEqual([sketch?.min, sketch?.max, sketch?.sum, sketch?.avg], [4, 12, 21, 7])
    assert.ok((sketch?.keys[0] ?? 0) < sketchKey(5))
  })

  test('takes values of which nothing is known for their mean', () => {
    const one = [{ lower: -Infinity, upper: Infinity, count: 4 }]
    const sketch = spread(one, { ...unknown, sum: 10 })
    assert.deepEqual(Array.from(sketch?.keys ?? []), [sketchKey(2.5)])
  })

  test('goes over zero', () => {
    const sketch = spread([{ lower: -1, upper: 1, count: 1000 }])
    const negative = Array.from(sketch?.keys ?? []).map((key, n) => (key < 0 ? (sketch?.counts[n] ?? 0) : 0)) // prettier-ignore
    assert.equal(
      negative.reduce((sum, count) => sum + count, 0),
      500,
    )
  })

  test('has no more bins than a sketch, however far its bounds are', () => {
    const sketch = spread([{ lower: -1e308, upper: 1e308, count: 2 ** 31 }])
    assert.ok(sketch && sketch.keys.length <= maxBins)
    assert.equal(
      Array.from(sketch.counts).reduce((sum, count) => sum + count, 0),
      2 ** 31,
    )
  })

  test('stops when there is no budget left, and at what a bin cannot count', () => {
    const wide = [{ lower: 1, upper: 1e9, count: 10 }]
    assert.equal(spreadBuckets(wide, unknown, { bins: 100 }), undefined)
    assert.equal(spread([{ lower: 1, upper: 1, count: 2 ** 32 }]), undefined)
    assert.equal(spread([]), undefined)
  })
})
