import { describe, expect, test } from 'vitest'

import { lineHistory } from './line-history.ts'

const past = new Map([
  [
    'hits',
    {
      intervalS: 15,
      points: [
        [0, 3],
        [15_000, 5],
        [30_000, null],
        [45_000, 5],
        [60_000, 1],
      ] as const,
    },
  ],
])

describe('lineHistory()', () => {
  test('shows a counter by its growth, a new beginning from zero, and keeps gaps', () => {
    const history = lineHistory({ query: 'max:hits', isCounter: true }, past, 0)
    expect(history?.points.map(([, value]) => value)).toEqual([0, 2, null, 0, 1])
  })

  test('brings values into the unit that is shown', () => {
    const history = lineHistory({ query: 'avg:hits', divisor: 10 }, past, 0)
    expect(history?.points.map(([, value]) => value)).toEqual([0.3, 0.5, null, 0.5, 0.1])
  })

  test('has nothing begin before the container was made, and leaves what is earlier in its place', () => {
    const history = lineHistory({ query: 'avg:hits' }, past, 8000)
    expect(history?.points.map(([timeMs]) => timeMs)).toEqual([
      8000, 15_000, 30_000, 45_000, 60_000,
    ])
    const restarted = lineHistory({ query: 'avg:hits' }, past, 50_000)
    expect(restarted?.points.map(([timeMs]) => timeMs)).toEqual([0, 15_000, 30_000, 50_000, 60_000])
  })

  test('is nothing where nothing was stored', () => {
    expect(lineHistory({ query: 'avg:other' }, past, 0)).toBeUndefined()
    expect(lineHistory({ query: 'avg:hits' }, undefined, 0)).toBeUndefined()
  })
})
