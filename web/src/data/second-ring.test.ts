import { describe, expect, test } from 'vitest'

import { createSecondRing, readSecond, sparkSeconds, writeSecond } from './second-ring.ts'

describe('createSecondRing()', () => {
  test('ends at the second it is given', () => {
    const ring = createSecondRing(1000, [1, null, 3])
    expect([998, 999, 1000].map((second) => readSecond(ring, second))).toEqual([1, Number.NaN, 3])
  })

  test('keeps the newest minute of a longer row', () => {
    const ring = createSecondRing(
      500,
      Array.from({ length: 100 }, (_, index) => index),
    )
    expect(readSecond(ring, 500)).toBe(99)
    expect(readSecond(ring, 441)).toBe(40)
    expect(readSecond(ring, 440)).toBeNaN()
  })
})

describe('writeSecond()', () => {
  test('leaves a gap for each second that was skipped', () => {
    const ring = createSecondRing(10, [5])
    writeSecond(ring, 13, 7)
    expect([10, 11, 12, 13].map((second) => readSecond(ring, second))).toEqual([
      5,
      Number.NaN,
      Number.NaN,
      7,
    ])
  })

  test('keeps nothing of the minute before when more than a minute was skipped', () => {
    const ring = createSecondRing(
      10,
      Array.from({ length: 60 }, () => 1),
    )
    writeSecond(ring, 10 + 5 * sparkSeconds, 2)
    const newest = ring.newestS
    const seconds = Array.from({ length: sparkSeconds - 1 }, (_, index) => newest - 1 - index)
    expect(seconds.every((second) => Number.isNaN(readSecond(ring, second)))).toBe(true)
    expect(readSecond(ring, newest)).toBe(2)
  })

  test('takes a second reading of the same second, and none of one that is past', () => {
    const ring = createSecondRing(10, [5])
    writeSecond(ring, 10, 6)
    writeSecond(ring, 9, 99)
    expect(readSecond(ring, 10)).toBe(6)
    expect(readSecond(ring, 9)).toBeNaN()
  })
})
