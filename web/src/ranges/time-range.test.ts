import { describe, expect, test } from 'vitest'

import { chooseRange, readRange, spanOf, zoomInto } from './time-range.ts'

describe('readRange()', () => {
  test('is live for an address that says nothing, or nothing that can be read', () => {
    const live = { kind: 'newest', name: 'live', seconds: 300 }
    expect(readRange({})).toEqual(live)
    expect(readRange({ range: '7y', from: 'x', to: '5' })).toEqual(live)
    expect(readRange({ from: '10', to: '5' })).toEqual(live)
  })

  test('remembers the range it was zoomed from', () => {
    const range = readRange({ range: '4h', from: '1000', to: '1060' })
    expect(range).toEqual({ kind: 'zoomed', name: '4h', span: { fromS: 1000, toS: 1060 } })
  })
})

describe('spanOf()', () => {
  test('ends now, and stands still when zoomed', () => {
    expect(spanOf(readRange({ range: '15m' }), 2_000_900)).toEqual({ fromS: 1100, toS: 2000 })
    expect(spanOf(readRange({ from: '10', to: '50' }), 2_000_900)).toEqual({ fromS: 10, toS: 50 })
  })
})

describe('zoomInto() and chooseRange()', () => {
  test('write whole seconds, and never a span too short to show', () => {
    expect(zoomInto({ fromS: 100.4, toS: 160.2 })).toEqual({ from: '100', to: '161' })
    expect(zoomInto({ fromS: 100, toS: 101 })).toEqual({ from: '98', to: '103' })
  })

  test('leave the zoom when another range is chosen', () => {
    expect(chooseRange('1h')).toEqual({ range: '1h', from: undefined, to: undefined })
    expect(chooseRange('live')).toEqual({ range: undefined, from: undefined, to: undefined })
  })
})
