import { describe, expect, test } from 'vitest'

import { shiftSpan } from './shift-span.ts'
import { readRange } from './time-range.ts'

const nowMs = 2_000_900_000

describe('shiftSpan()', () => {
  test('moves a span by half of its length', () => {
    const range = readRange({ from: '1000', to: '1100' })
    expect(shiftSpan(range, -1, nowMs)).toEqual({ fromS: 950, toS: 1050 })
    expect(shiftSpan(range, 1, nowMs)).toEqual({ fromS: 1050, toS: 1150 })
  })

  test('leads from what is live into the past, and not into what is to come', () => {
    const range = readRange({ range: '15m' })
    expect(shiftSpan(range, -1, nowMs)).toEqual({ fromS: 1_999_550, toS: 2_000_450 })
    expect(shiftSpan(range, 1, nowMs)).toBeUndefined()
  })

  test('follows the present again where a step would pass it', () => {
    const range = readRange({ from: '2000700', to: '2000800' })
    expect(shiftSpan(range, 1, nowMs)).toEqual({ fromS: 2_000_750, toS: 2_000_850 })
    const last = readRange({ from: '2000770', to: '2000870' })
    expect(shiftSpan(last, 1, nowMs)).toBeUndefined()
  })
})
