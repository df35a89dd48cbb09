import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { BucketSamples } from './bucket-samples.ts'
import { rowInts } from './row.ts'
import { SampleList } from './sample-list.ts'
import { SamplePool } from './sample-pool.ts'

class Samples {
  readonly pool: SamplePool
  readonly samples: BucketSamples

  constructor(maxContexts: number, limit: number) {
    this.pool = new SamplePool(maxContexts, limit)
    this.samples = new BucketSamples(this.pool, new Int32Array(20 * rowInts), limit)
  }

  add(context: number, value: number, weight = 1): boolean {
    const place = this.samples.add(context, Float64Array.of(value), 0)
    if (place >= 0 && weight !== 1) this.samples.setWeight(place, weight)
    return place >= 0
  }

  take(context: number): number[][] {
    const list = new SampleList(1000)
    this.samples.take(context, list)
    list.sort(true)
    return Array.from({ length: list.length }, (_, at) => [list.valueAt(at), list.weightAt(at)])
  }
}

describe('BucketSamples', () => {
  test('keeps samples of several contexts apart, over many chunks', () => {
    const samples = new Samples(2, 100)
    for (let value = 0; value < 70; value += 1) samples.add(value % 2, value)
    const even = Array.from({ length: 35 }, (_, at) => [at * 2, 1])
    assert.deepEqual(samples.take(0), even)
    assert.equal(samples.take(1).length, 35)
    assert.deepEqual(samples.take(0), [])
    assert.equal(samples.pool.chunks.used, 0)
  })

  test('keeps weights, also when the first comes after samples without', () => {
    const samples = new Samples(1, 100)
    for (let value = 0; value < 20; value += 1) samples.add(0, value)
    samples.add(0, 20, 5)
    samples.add(0, 21)
    assert.deepEqual(samples.take(0).slice(18), [
      [18, 1],
      [19, 1],
      [20, 5],
      [21, 1],
    ])
    for (let value = 0; value < 30; value += 1) samples.add(0, value)
    assert.ok(samples.take(0).every(([, weight]) => weight === 1))
  })

  test('refuses more than its limit, and more than there is memory', () => {
    const samples = new Samples(1, 17)
    for (let value = 0; value < 17; value += 1) assert.equal(samples.add(0, value), true)
    assert.equal(samples.add(0, 17), false)
    assert.equal(samples.add(1, 0), false)
    assert.equal(samples.take(0).length, 17)
    assert.equal(samples.add(1, 0), true)
  })
})

describe('SampleList', () => {
  test('sorts weights with their values', () => {
    const list = new SampleList(300)
    for (let at = 0; at < 300; at += 1) list.push((at * 7919) % 300, (at * 7919) % 300)
    list.sort(true)
    for (let at = 0; at < 300; at += 1) {
      assert.equal(list.valueAt(at), at)
      assert.equal(list.weightAt(at), at)
    }
  })
})
