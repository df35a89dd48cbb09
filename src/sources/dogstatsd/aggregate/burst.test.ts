import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { BinList } from './bin-list.ts'
import { BinPool } from './bin-pool.ts'
import { BucketSamples } from './bucket-samples.ts'
import { BucketSketches } from './bucket-sketches.ts'
import { Burst } from './burst.ts'
import { rowInts } from './row.ts'
import { SampleList } from './sample-list.ts'
import { SamplePool } from './sample-pool.ts'

const contexts = 100_000

describe('Burst', () => {
  test('is over when less than a quarter of much memory is used', () => {
    const burst = new Burst(1 << 20)
    assert.deepEqual(
      [8, 100, 25, 24, 24, 6, 5].map((used) => burst.isOver(used)),
      [false, false, false, true, false, false, true],
    )
  })

  test('is not over when little memory was used', () => {
    const burst = new Burst(1)
    assert.deepEqual(
      [1000, 1].map((used) => burst.isOver(used)),
      [false, false],
    )
  })
})

test('BinPool gives the memory of a burst back, and keeps what is in use', () => {
  const pool = new BinPool(10_000_000)
  const sketches = new BucketSketches(pool, new Int32Array(contexts * rowInts))
  const list = new BinList()
  for (let context = 0; context < contexts; context += 1) sketches.add(context, 7, 1)
  sketches.add(3, 8, 5)
  const { counts } = pool
  for (let context = 4; context < contexts; context += 1) sketches.take(context, list)
  pool.settle()
  assert.equal(pool.counts, counts)
  pool.settle()
  assert.notEqual(pool.counts, counts)
  sketches.take(3, list)
  assert.deepEqual([list.total, list.length], [6, 2])
})

test('SamplePool gives the memory of a burst back, and keeps what is in use', () => {
  const pool = new SamplePool(contexts, 16)
  const samples = new BucketSamples(pool, new Int32Array(contexts * rowInts), 16)
  const list = new SampleList(16)
  for (let context = 0; context < contexts; context += 1)
    samples.setWeight(samples.add(context, Float64Array.of(context), 0), 3)
  const { values, weights } = pool
  for (let context = 4; context < contexts; context += 1) samples.take(context, list)
  pool.settle()
  pool.settle()
  assert.notEqual(pool.values, values)
  assert.notEqual(pool.weights, weights)
  samples.take(3, list)
  assert.deepEqual([list.valueAt(0), list.weightAt(0)], [3, 3])
})
