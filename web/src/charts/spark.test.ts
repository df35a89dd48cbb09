import { describe, expect, test } from 'vitest'

import { createSecondRing } from '../data/second-ring.ts'
import { sparkPaths } from './spark.ts'

describe('sparkPaths()', () => {
  test('draws each run of readings apart, so that a gap stays a gap', () => {
    const ring = createSecondRing(1000, [10, 10, null, 10])
    expect(sparkPaths(ring, { endS: 1000, ceiling: 5 })).toEqual({
      line: 'M56 1.5L57 1.5h1M59 1.5h1',
      area: 'M56 20L56 1.5L57 1.5h1V20ZM59 20L59 1.5h1V20Z',
    })
  })

  test('keeps what is small low', () => {
    const ring = createSecondRing(1000, [0, 1])
    expect(sparkPaths(ring, { endS: 1000, ceiling: 10 }).line).toBe('M58 19.0L59 17.3h1')
  })

  test('moves on when time does and nothing was read', () => {
    const ring = createSecondRing(1000, [10])
    expect(sparkPaths(ring, { endS: 1030, ceiling: 10 }).line).toBe('M29 1.5h1')
    expect(sparkPaths(ring, { endS: 1060, ceiling: 10 })).toEqual({ line: '', area: '' })
  })
})
