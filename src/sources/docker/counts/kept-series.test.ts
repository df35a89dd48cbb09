import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { KeptSeries } from './kept-series.ts'

const one = { metric: 'a', value: 1, tags: ['x:1'] }
const other = { metric: 'a', value: 2, tags: ['x:2'] }

describe('KeptSeries', () => {
  test('uses the same series each time, one for each tag set', () => {
    const kept = new KeptSeries('box-1', 15)
    const [first, second] = kept.points([one, other], 1000)
    const [again] = kept.points([{ ...one, value: 7 }], 2000)
    assert.equal(again?.series, first?.series)
    assert.notEqual(second?.series, first?.series)
    assert.deepEqual([again?.value, again?.timeMs, again?.series.intervalS], [7, 2000, 15])
  })

  test('forgets a series that a round did not have', () => {
    const kept = new KeptSeries('box-1', 15)
    const [first] = kept.points([one], 1000)
    kept.points([other], 2000)
    const [again] = kept.points([one], 3000)
    assert.notEqual(again?.series, first?.series)
  })
})
