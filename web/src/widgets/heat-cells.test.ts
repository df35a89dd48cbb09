import { describe, expect, test } from 'vitest'

import { countHeat } from './heat-cells.ts'

describe('countHeat()', () => {
  test('counts the series in each bin at each time, and leaves gaps empty', () => {
    const heat = countHeat(
      [
        { startS: 100, intervalS: 10, values: [0, null, 240] },
        { startS: 100, intervalS: 10, values: [5, null, 10] },
      ],
      false,
    )
    expect(heat.bins).toEqual({ start: 0, width: 10, count: 25 })
    expect(heat.timesS).toEqual([100, 120])
    expect(heat.mostCount).toBe(2)
    expect(heat.cells).toEqual([
      { timeS: 100, bin: 0, count: 2 },
      { timeS: 120, bin: 24, count: 1 },
      { timeS: 120, bin: 1, count: 1 },
    ])
  })

  test('has no cells when nothing was stored', () => {
    expect(countHeat([{ startS: 0, intervalS: 1, values: [null] }], true)).toMatchObject({
      cells: [],
      timesS: [],
      mostCount: 0,
    })
  })
})
