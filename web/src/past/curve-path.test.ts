import { describe, expect, test } from 'vitest'

import { curvePath } from './curve-path.ts'

const span = { fromS: 0, toS: 100 }

describe('curvePath()', () => {
  test('is broken where nothing was stored', () => {
    const pointlist = [
      [0, 1],
      [10_000, 2],
      [20_000, null],
      [30_000, null],
      [40_000, 2],
    ] as const
    const path = curvePath({ pointlist, interval: 10 }, span)
    expect(path.match(/M/g)).toHaveLength(2)
    expect(path).toBe('M0.0 100V56.0L100.0 12.0H200.0V100ZM400.0 100V12.0H500.0V100Z')
  })

  test('leaves out what lies outside, and is nothing without points', () => {
    expect(curvePath({ pointlist: [[200_000, 1]], interval: 10 }, span)).toBe('')
    expect(curvePath({ pointlist: [[0, null]], interval: 10 }, span)).toBe('')
  })
})
