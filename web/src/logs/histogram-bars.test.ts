import { describe, expect, test } from 'vitest'

import type { LogHistogram } from '../../../src/api/contract/logs.ts'
import { bandHeights, barAt, readHistogram, sumBands } from './histogram-bars.ts'

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
    expect(sumBands(readHistogram(histogram))).toEqual([
      { band: 'error', count: 1 },
      { band: 'info', count: 1014 },
    ])
  })

  test('bears a range without lines', () => {
    const empty = readHistogram({ ...histogram, levels: [], total: 0 })
    expect(empty.highest).toBe(0)
    expect(sumBands(empty)).toEqual([])
    expect(empty.bars.map((bar) => bandHeights(bar, empty.highest, 60))).toEqual([
      [0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0],
    ])
  })
})

describe('barAt()', () => {
  test('finds the step under a place of the range, which need not begin with a step', () => {
    const bars = readHistogram(histogram)
    expect(barAt(bars, 0)?.fromMs).toBe(1000)
    expect(barAt(bars, 0.2)?.fromMs).toBe(2000)
    expect(barAt(bars, 0.99)?.fromMs).toBe(3000)
    expect(barAt(bars, 1)).toBeUndefined()
  })
})

describe('bandHeights()', () => {
  test('gives the fullest step the whole height, and one error among a thousand lines a pixel', () => {
    const { bars, highest } = readHistogram(histogram)
    const [few, , most] = bars
    if (!few || !most) throw new Error('There are three steps')
    const [, error = 0, , info = 0] = bandHeights(most, highest, 60)
    expect(error).toBe(1)
    expect(info).toBeCloseTo(59.94)
    expect(bandHeights(few, highest, 60)).toEqual([0, 0, 0, 2, 0, 0])
  })
})
