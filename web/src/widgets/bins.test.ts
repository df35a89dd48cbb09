import { describe, expect, test } from 'vitest'

import { chooseBins, countInBins } from './bins.ts'

describe('chooseBins()', () => {
  test.each([
    [[0, 100], false, { start: 0, width: 10, count: 11 }],
    [[3, 7], false, { start: 3, width: 0.5, count: 9 }],
    [[-5, 5], false, { start: -5, width: 1, count: 11 }],
    [[0, 1000], true, { start: 0, width: 128, count: 8 }],
    [[], false, { start: 0, width: 1, count: 0 }],
  ])('of %j, binary %j', (values, isBinary, expected) => {
    expect(chooseBins(values, { wanted: 10, isBinary })).toEqual(expected)
  })

  test('has one bin for values that are all the same', () => {
    for (const value of [0, 42, -0.001]) {
      const bins = chooseBins([value, value], { wanted: 10, isBinary: false })
      expect(countInBins([value, value], bins)).toEqual([2])
    }
  })
})

describe('countInBins()', () => {
  test('puts every value into a bin, also those at its bounds', () => {
    const values = [0, 9.99, 10, 55, 100]
    const bins = chooseBins(values, { wanted: 10, isBinary: false })
    expect(countInBins(values, bins)).toEqual([2, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1])
  })
})
