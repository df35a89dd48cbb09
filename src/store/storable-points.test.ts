import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { storedSeries } from './series-registry.ts'
import { keepStorable } from './storable-points.ts'
import type { PointColumns } from './store.ts'

const series = storedSeries({ metric: 'm', kind: 'gauge', host: 'h', tags: [], intervalS: 1 })

function columns(rows: readonly (readonly [timeMs: number, value: number])[]): PointColumns {
  return {
    series: rows.map(() => series),
    timesMs: Float64Array.from(rows, ([timeMs]) => timeMs),
    values: Float64Array.from(rows, ([, value]) => value),
  }
}

describe('keepStorable()', () => {
  const range = { fromMs: 100, toMs: 200 }

  test('gives back the same columns when all can be kept', () => {
    const points = columns([
      [100, 0],
      [200, -1],
    ])
    assert.equal(keepStorable(points, range), points)
  })

  test('leaves out other times and what is not a number', () => {
    const points = columns([
      [99, 1],
      [201, 2],
      [Number.NaN, 3],
      [150, Number.NaN],
      [150, Infinity],
      [150, 6],
    ])
    assert.deepEqual(keepStorable(points, range), columns([[150, 6]]))
  })
})
