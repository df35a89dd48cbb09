import { describe, expect, test } from 'vitest'

import { areSeen, partialSpans, partsMissing, stackColumns } from './stack-columns.ts'

describe('stackColumns()', () => {
  test('puts each column on those after it, and leaves a gap a gap', () => {
    const stacked = stackColumns([
      [1, 1, 1],
      [2, null, 2],
    ])
    expect(stacked).toEqual([
      [3, 1, 3],
      [2, null, 2],
    ])
  })
})

describe('partsMissing()', () => {
  const columns = [
    [1, 1, null],
    [2, null, null],
    [3, 3, undefined],
  ]

  test('names the columns with a gap where others are known', () => {
    expect(partsMissing(columns, 0)).toEqual([])
    expect(partsMissing(columns, 1)).toEqual([1])
  })

  test('has nothing to name where nothing is known, and no column that is not there', () => {
    expect(partsMissing(columns, 2)).toEqual([])
    expect(partsMissing([[1], [undefined]], 0)).toEqual([])
  })
})

describe('partialSpans()', () => {
  test('reaches from the last whole sum to the next one', () => {
    const columns = [
      [1, 1, 1, 1, 1, 1],
      [2, null, null, 2, 2, null],
    ]
    expect(partialSpans([10, 11, 12, 13, 14, 15], columns)).toEqual([
      [10, 13],
      [14, 15],
    ])
  })
})

describe('areSeen()', () => {
  test.each([
    [[[100, 101]], false],
    [[[100, 110]], true],
    [[[0, 90]], false],
    [[], false],
  ] as const)('of %j on an axis of 1000 s is %j', (spans, expected) => {
    expect(areSeen(spans, { fromS: 90, toS: 1090 })).toBe(expected)
  })
})
