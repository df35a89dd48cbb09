import { describe, expect, test } from 'vitest'

import {
  placeWindow,
  ratioOf,
  readBarSpan,
  secondAt,
  writeBarSpan,
  type WindowQuestion,
} from './time-window.ts'

const latestS = 1_000_000

function question(different: Partial<WindowQuestion>): WindowQuestion {
  return { span: '1h', atS: latestS, latestS, keptFromS: undefined, ...different }
}

describe('placeWindow()', () => {
  test('ends now while the moment is in sight then', () => {
    const { fromS, toS } = placeWindow(question({ atS: latestS - 3000 }), undefined)
    expect(toS - fromS).toBe(3600)
    expect(toS - latestS).toBeGreaterThanOrEqual(0)
    expect(toS - latestS).toBeLessThan(4)
  })

  test('lies around a moment that is longer ago', () => {
    const atS = latestS - 20_000
    expect(placeWindow(question({ atS }), undefined)).toEqual({
      fromS: atS - 1800,
      toS: atS + 1800,
    })
  })

  test('stays where it is while the moment moves within it', () => {
    const before = placeWindow(question({ atS: latestS - 20_000 }), undefined)
    expect(placeWindow(question({ atS: latestS - 19_000 }), before)).toBe(before)
    expect(placeWindow(question({ atS: latestS - 16_000 }), before)).not.toEqual(before)
    expect(placeWindow(question({ atS: latestS - 20_000, span: '6h' }), before)).not.toBe(before)
  })

  test('shows all that is kept, with a little of what is not', () => {
    const keptFromS = latestS - 100_000
    const { fromS, toS } = placeWindow(question({ span: 'all', keptFromS }), undefined)
    expect(fromS).toBeLessThan(keptFromS)
    expect(fromS).toBeGreaterThan(keptFromS - 10_000)
    expect(toS).toBeGreaterThanOrEqual(latestS)
  })
})

describe('ratioOf() and secondAt()', () => {
  const span = { fromS: 100, toS: 200 }

  test('are each other’s inverse within the span', () => {
    for (const second of [100, 137, 200]) {
      expect(secondAt(ratioOf(second, span), span, 1000)).toBe(second)
    }
  })

  test('stay within the span and before the present', () => {
    expect(ratioOf(50, span)).toBe(0)
    expect(ratioOf(500, span)).toBe(1)
    expect(secondAt(7, span, 1000)).toBe(200)
    expect(secondAt(0.9, span, 150)).toBe(150)
  })
})

describe('readBarSpan()', () => {
  test('reads what was written, else an hour', () => {
    expect(readBarSpan({ span: writeBarSpan('6h') ?? '' })).toBe('6h')
    expect(writeBarSpan('1h')).toBeUndefined()
    expect(readBarSpan({ span: 'week' })).toBe('1h')
  })
})
