import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Counters } from './counters.ts'

type Reading = readonly [atMs: number, value: number | undefined, rate: number | undefined]

describe('Counters', () => {
  const cases: Readonly<Record<string, readonly Reading[]>> = {
    'divides growth by time': [
      [5000, 100, undefined],
      [5500, 150, 100],
      [6500, 150, 0],
    ],
    'has no rate at an absent reading, nor at the one behind it': [
      [5000, 100, undefined],
      [6000, undefined, undefined],
      [7000, 300, undefined],
      [8000, 400, 100],
    ],
    'begins anew when the counter went back': [
      [5000, 100, undefined],
      [6000, 10, undefined],
      [7000, 30, 20],
    ],
    'leaves out a reading too close to the one before, and loses nothing by it': [
      [5000, 100, undefined],
      [5010, 110, undefined],
      [6000, 200, 100],
    ],
    'keeps counters exact that are far above 2^32': [
      [0, 9_000_000_000_000_000, undefined],
      [1000, 9_000_000_000_000_001, 1],
    ],
  }
  for (const [claim, readings] of Object.entries(cases)) {
    test(claim, () => {
      const counters = new Counters()
      for (const [atMs, value, rate] of readings) {
        counters.begin(atMs)
        assert.equal(counters.perSecond(0, value), rate)
      }
    })
  }

  test('keeps counters apart, those that come later too', () => {
    const counters = new Counters()
    counters.begin(1000)
    counters.grow(0, 10)
    counters.begin(2000)
    assert.equal(counters.grow(0, 15), 5)
    assert.equal(counters.grow(2, 7), undefined)
    counters.begin(4000)
    assert.equal(counters.perSecond(0, 25), 5)
    assert.equal(counters.perSecond(2, 17), 5)
    assert.equal(counters.perSecond(1, 3), undefined)
  })
})
