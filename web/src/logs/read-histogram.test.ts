import { describe, expect, test } from 'vitest'

import type { LogHistogram } from '../../../src/api/contract/logs.ts'
import { bandHeights } from '../histogram/histogram-bars.ts'
import { readHistogram } from './read-histogram.ts'

const histogram: LogHistogram = {
  from: 1500,
  to: 4000,
  stepMs: 1000,
  times: [1000, 2000, 3000],
  levels: [
    { level: 'info', counts: [10, 0, 990] },
    { level: 'notice', counts: [5, 0, 9] },
    { level: 'error', counts: [0, 0, 1] },
  ],
  total: 1015,
}

describe('readHistogram()', () => {
  test('adds levels that look the same, and finds the fullest step', () => {
    const { bars, highest } = readHistogram(histogram)
    expect(bars.map(({ fromMs, toMs, total }) => [fromMs, toMs, total])).toEqual([
      [1000, 2000, 15],
      [2000, 3000, 0],
      [3000, 4000, 1000],
    ])
    expect(highest).toBe(1000)
    expect(bars.map(({ counts }) => counts)).toEqual([
      [0, 0, 0, 15, 0, 0],
      [0, 0, 0, 0, 0, 0],
      [0, 1, 0, 999, 0, 0],
    ])
  })

  test('bears a range without lines', () => {
    const empty = readHistogram({ ...histogram, levels: [], total: 0 })
    expect(empty.highest).toBe(0)
    expect(empty.bars.map((bar) => bandHeights(bar, empty.highest, 60))).toEqual([
      [0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0],
    ])
  })
})
