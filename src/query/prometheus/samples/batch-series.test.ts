import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { batchSeries } from './batch-series.ts'
import type { FoundSeries } from './find-series.ts'

const series = (id: number, name = `${id}`): FoundSeries => ({
  id: `${id}`,
  metric: 'm',
  kind: 'gauge',
  intervalS: 1,
  labels: [['name', name]],
})

const many = (count: number): readonly FoundSeries[] =>
  Array.from({ length: count }, (_, id) => series(id))

function sizes(found: readonly FoundSeries[], samples: number): readonly number[] {
  return batchSeries(found, () => samples).map((batch) => batch.length)
}

describe('batchSeries()', () => {
  test('keeps all together where they have few samples, however many they are', () => {
    assert.deepEqual(sizes(many(50_000), 1), [50_000])
    assert.deepEqual(sizes([], 1), [0])
  })

  test('parts them by their samples', () => {
    assert.deepEqual(sizes(many(5), 40_000), [2, 2, 1])
    assert.deepEqual(sizes(many(3), 1_000_000), [1, 1, 1])
  })

  test('names no more in one part than fit into a statement', () => {
    assert.deepEqual(sizes(many(12_000), 10), [4000, 4000, 4000])
  })

  test('keeps the order, and together what has the same labels', () => {
    const found = [series(1, 'a'), series(2, 'b'), series(3, 'c'), series(4, 'a')]
    const batches = batchSeries(found, () => 60_000)
    assert.deepEqual(
      batches.map((batch) => batch.map(({ id }) => id)),
      [['1', '4'], ['2'], ['3']],
    )
  })
})
