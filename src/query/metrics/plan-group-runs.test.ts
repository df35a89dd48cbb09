import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { planGroupRuns, type GroupSize } from './plan-group-runs.ts'

function size(name: string, bins: number, most = 1e9): GroupSize {
  return { groups: [name], bins, least: 1, most }
}

describe('planGroupRuns()', () => {
  test('takes groups together up to three million bins', () => {
    const sizes = [size('a', 1e6), size('b', 2e6), size('c', 1), size('d', 2_999_999)]
    assert.deepEqual(planGroupRuns(sizes, 1500), [
      { first: ['a'], last: ['b'], isLarge: false },
      { first: ['c'], last: ['d'], isLarge: false },
    ])
  })

  test('lets a group that is larger go alone', () => {
    const sizes = [size('a', 1), size('b', 4_000_000), size('c', 1)]
    assert.deepEqual(
      planGroupRuns(sizes, 10_000).map(({ first, last, isLarge }) => [...first, ...last, isLarge]),
      [
        ['a', 'a', false],
        ['b', 'b', true],
        ['c', 'c', false],
      ],
    )
  })

  test('knows that bins lie between the least and the greatest value', () => {
    // From 1 to 2 there are 46 bins, in each of 100 intervals.
    const sizes = ['a', 'b', 'c'].map((name) => size(name, 1e9, 2))
    assert.deepEqual(planGroupRuns(sizes, 100), [{ first: ['a'], last: ['c'], isLarge: true }])
  })

  test('asks nothing when there are no groups', () => {
    assert.deepEqual(planGroupRuns([], 1), [])
  })
})
