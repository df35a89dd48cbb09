import { describe, expect, test } from 'vitest'

import { timeMarks } from './time-marks.ts'

/** A midnight where the test runs. */
const midnightS = new Date(2026, 10, 22).getTime() / 1000

describe('timeMarks()', () => {
  test('are round times of the clock, no more than wanted', () => {
    const { seconds, areDays } = timeMarks({ fromS: midnightS + 70, toS: midnightS + 3670 }, 7)
    expect(seconds.map((second) => second - midnightS)).toEqual([600, 1200, 1800, 2400, 3000, 3600])
    expect(areDays).toBe(false)
  })

  test('are midnights of the reader where days are shown', () => {
    const { seconds, areDays } = timeMarks({ fromS: midnightS - 5, toS: midnightS + 400_000 }, 7)
    expect(seconds[0]).toBe(midnightS)
    expect(areDays).toBe(true)
  })
})
