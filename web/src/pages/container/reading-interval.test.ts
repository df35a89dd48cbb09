import { describe, expect, test } from 'vitest'

import type { History } from '../../charts/chart-data.ts'
import { readingIntervalS } from './reading-interval.ts'

function read(intervalS: number, seconds: readonly number[]): ReadonlyMap<string, History> {
  const last = seconds.at(-1) ?? 0
  const points = Array.from({ length: last / intervalS + 1 }, (_, place) => {
    const second = place * intervalS
    return [second * 1000, seconds.includes(second) ? 1 : null] as const
  })
  return new Map([['kernel', { intervalS, points }]])
}

describe('readingIntervalS()', () => {
  test('is the usual time between two readings, whatever is missing once', () => {
    expect(readingIntervalS(read(1, [3, 33, 63, 123, 153]))).toBe(30)
  })

  test('is what agents have by themselves before there are two readings', () => {
    expect(readingIntervalS(undefined)).toBe(15)
    expect(readingIntervalS(read(1, [3]))).toBe(15)
  })

  test('does not take the interval of means for that of readings', () => {
    expect(readingIntervalS(read(60, [60, 120, 180]))).toBe(15)
    expect(readingIntervalS(read(15, [15, 30, 45, 60, 120, 135, 195]))).toBe(15)
  })
})
