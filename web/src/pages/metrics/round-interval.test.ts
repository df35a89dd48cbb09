import { expect, test } from 'vitest'

import { roundInterval } from './round-interval.ts'

test.each([
  [60, 1],
  [300, 5],
  [3600, 30],
  [7 * 86_400, 7200],
  [400 * 86_400, 4 * 86_400],
])('roundInterval() has at most 120 points in %d s by taking %d s', (lengthS, intervalS) => {
  expect(roundInterval({ fromS: 1000, toS: 1000 + lengthS }, 120)).toBe(intervalS)
})
