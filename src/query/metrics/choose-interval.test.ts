import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { chooseInterval } from './choose-interval.ts'

describe('chooseInterval()', () => {
  const dayS = 86_400
  const table: readonly (readonly [
    claim: string,
    spanS: number,
    nativeS: number,
    wishedS: number | undefined,
    expectedS: number,
  ])[] = [
    ['shows every second of ten minutes', 600, 1, undefined, 1],
    ['takes the next round step above', 601, 1, undefined, 2],
    ['shows an hour in 10 s', 3600, 1, undefined, 10],
    ['shows a day in 5 min', dayS, 1, undefined, 300],
    ['shows a year in whole days', 365 * dayS, 1, undefined, dayS],
    ['shows ten years in several days', 3650 * dayS, 1, undefined, 7 * dayS],
    ['is never finer than the series', 60, 15, undefined, 15],
    ['holds the same number of points each time', 7200, 10, undefined, 20],
    ['takes a round step where none does that', 700, 7, undefined, 10],
    ['takes what is asked for', 3600, 1, 7, 7],
    ['is finer than the default when asked', 1500, 1, 1, 1],
    ['keeps to the limit of points when asked for too many', 3600, 1, 1, 5],
  ]
  for (const [claim, spanS, nativeS, wishedS, expectedS] of table) {
    test(claim, () => {
      assert.equal(chooseInterval({ fromMs: 0, toMs: spanS * 1000, nativeS, wishedS }), expectedS)
    })
  }
})
