import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Rate } from './rate.ts'

type Reading = readonly [value: number | undefined, atMs: number, rate: number | undefined]

const cases: Readonly<Record<string, readonly Reading[]>> = {
  'has no rate at the first reading': [[100, 5000, undefined]],
  'divides growth by time': [
    [100, 5000, undefined],
    [150, 5500, 100],
    [150, 6500, 0],
  ],
  'gives zero, not nothing, for a counter that rests': [
    [0, 5000, undefined],
    [0, 6000, 0],
  ],
  'has no rate at an absent reading, nor at the one behind it': [
    [100, 5000, undefined],
    [undefined, 6000, undefined],
    [300, 7000, undefined],
    [400, 8000, 100],
  ],
  'begins anew when the counter went back': [
    [100, 5000, undefined],
    [10, 6000, undefined],
    [30, 7000, 20],
  ],
  'leaves out a reading too close to the one before, and loses nothing by it': [
    [100, 5000, undefined],
    [110, 5010, undefined],
    [200, 6000, 100],
  ],
  'keeps counters exact that are far above 2^32': [
    [9_000_000_000_000_000, 0, undefined],
    [9_000_000_000_000_001, 1000, 1],
  ],
}

describe('Rate', () => {
  for (const [claim, readings] of Object.entries(cases)) {
    test(claim, () => {
      const rate = new Rate()
      const seen = readings.map(([value, atMs]) => rate.next(value, atMs))
      assert.deepEqual(
        seen,
        readings.map(([, , expected]) => expected),
      )
    })
  }
})
