import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { BinList } from './bin-list.ts'
import { BinPool } from './bin-pool.ts'
import { BucketSketches } from './bucket-sketches.ts'
import { rowInts } from './row.ts'

type Bins = readonly (readonly [key: number, count: number])[]

class Sketches {
  readonly pool: BinPool
  readonly sketches: BucketSketches

  constructor(maxBins = 100_000) {
    this.pool = new BinPool(maxBins)
    this.sketches = new BucketSketches(this.pool, new Int32Array(20 * rowInts))
  }

  add(context: number, bins: Bins): void {
    for (const [key, count] of bins) assert.equal(this.sketches.add(context, key, count), true)
  }

  take(context: number): Bins {
    const list = new BinList()
    this.sketches.take(context, list)
    return Array.from({ length: list.length }, (_, at) => [
      list.keys[at] ?? 0,
      list.counts[at] ?? 0,
    ])
  }
}

describe('BucketSketches', () => {
  test('gives the bins of a context in ascending order of their keys', () => {
    const sketches = new Sketches()
    sketches.add(1, [
      [1500, 1],
      [-32_767, 2],
      [0, 3],
      [-1, 4],
      [32_767, 5],
      [1499, 6],
      [1500, 7],
    ])
    sketches.add(2, [[1500, 9]])
    assert.deepEqual(sketches.take(1), [
      [-32_767, 2],
      [-1, 4],
      [0, 3],
      [1499, 6],
      [1500, 8],
      [32_767, 5],
    ])
    assert.deepEqual(sketches.take(2), [[1500, 9]])
  })

  test('gives all memory back with the bins', () => {
    const sketches = new Sketches()
    for (let key = -3000; key <= 3000; key += 7) sketches.add(3, [[key, 1]])
    assert.equal(sketches.take(3).length, 858)
    assert.equal(sketches.pool.used, 0)
    for (let interval = 0; interval < 3; interval += 1) {
      sketches.sketches.clear()
      sketches.add(3, [[5, 1]])
      assert.deepEqual(sketches.take(3), [[5, 1]])
    }
  })

  test('adds the bins of one context to those of another', () => {
    const sketches = new Sketches()
    sketches.add(1, [
      [10, 1],
      [100, 1],
    ])
    sketches.add(2, [
      [10, 5],
      [11, 2],
      [5000, 3],
    ])
    sketches.sketches.merge(2, 1)
    assert.deepEqual(sketches.take(1), [
      [10, 6],
      [11, 2],
      [100, 1],
      [5000, 3],
    ])
    assert.deepEqual(sketches.take(2), [])
    assert.equal(sketches.pool.used, 0)
  })

  test('refuses another page when there is no room, and keeps what it has', () => {
    const sketches = new Sketches(64)
    sketches.add(1, [
      [0, 1],
      [40, 1],
    ])
    assert.equal(sketches.sketches.add(1, 80, 1), false)
    assert.equal(sketches.sketches.add(2, 0, 1), false)
    sketches.add(1, [[41, 1]])
    assert.equal(sketches.take(1).length, 3)
  })

  test('adds the lowest bins up where there are more than 4096', () => {
    const sketches = new Sketches()
    for (let key = 1; key <= 4100; key += 1) sketches.add(1, [[key, 2]])
    const bins = sketches.take(1)
    assert.equal(bins.length, 4096)
    assert.deepEqual(bins.slice(0, 2), [
      [5, 10],
      [6, 2],
    ])
    assert.deepEqual(bins.at(-1), [4100, 2])
  })

  test('stops counting at 2^32 - 1', () => {
    const sketches = new Sketches()
    for (let time = 0; time < 4; time += 1) sketches.add(1, [[7, 2 ** 31 - 1]])
    assert.deepEqual(sketches.take(1), [[7, 2 ** 32 - 1]])
  })
})
