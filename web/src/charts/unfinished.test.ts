import { describe, expect, test } from 'vitest'

import { unfinishedFromS } from './unfinished.ts'

describe('unfinishedFromS()', () => {
  const curve = { startS: 100, intervalS: 60, values: [1, 2, null] }

  test('is the start of the last interval with a value, while that is not over', () => {
    expect(unfinishedFromS(curve, 219)).toBe(160)
  })

  test('is nothing once the interval is over, for every second, and without values', () => {
    expect(unfinishedFromS(curve, 220)).toBeUndefined()
    expect(unfinishedFromS({ ...curve, intervalS: 1 }, 101)).toBeUndefined()
    expect(unfinishedFromS({ ...curve, values: [null] }, 120)).toBeUndefined()
  })
})
