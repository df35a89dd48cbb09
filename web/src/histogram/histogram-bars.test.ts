import { describe, expect, test } from 'vitest'

import { bandHeights, barAt, makeBars, sumBands, type HistogramBars } from './histogram-bars.ts'

const counts = [
  [0, 0, 1],
  [15, 0, 999],
]
const bands = ['error', 'info'].map((name) => ({ name, text: name, colour: `--${name}` }))

/** Three steps, of which the range leaves out half of the first. */
function sampleBars(): HistogramBars {
  const of = (band: number, step: number): number => counts[band]?.[step] ?? 0
  const bars = makeBars([1000, 2000, 3000], 1000, { bands: 2, of })
  return { fromMs: 1500, toMs: 4000, total: 1015, ...bars }
}

describe('makeBars()', () => {
  test('adds up each step and finds the fullest', () => {
    const { bars, highest } = sampleBars()
    expect(bars.map(({ fromMs, toMs, total }) => [fromMs, toMs, total])).toEqual([
      [1000, 2000, 15],
      [2000, 3000, 0],
      [3000, 4000, 1000],
    ])
    expect(highest).toBe(1000)
  })
})

describe('sumBands()', () => {
  test('adds up each band over all steps, and leaves out one that does not occur', () => {
    const none = { name: 'none', text: 'none', colour: '--none' }
    const sums = sumBands(sampleBars(), [...bands, none])
    expect(sums.map(({ band, count }) => [band.name, count])).toEqual([
      ['error', 1],
      ['info', 1014],
    ])
  })
})

describe('barAt()', () => {
  test('finds the step under a place of the range, which need not begin with a step', () => {
    const bars = sampleBars()
    expect(barAt(bars, 0)?.fromMs).toBe(1000)
    expect(barAt(bars, 0.2)?.fromMs).toBe(2000)
    expect(barAt(bars, 0.99)?.fromMs).toBe(3000)
    expect(barAt(bars, 1)).toBeUndefined()
  })
})

describe('bandHeights()', () => {
  test('gives the fullest step the whole height, and one error among a thousand lines a pixel', () => {
    const { bars, highest } = sampleBars()
    const [few, , most] = bars
    if (!few || !most) throw new Error('There are three steps')
    const [error = 0, info = 0] = bandHeights(most, highest, 60)
    expect(error).toBe(1)
    expect(info).toBeCloseTo(59.94)
    expect(bandHeights(few, highest, 60)).toEqual([0, 2])
  })
})
