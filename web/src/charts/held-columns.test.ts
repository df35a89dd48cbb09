import { describe, expect, test } from 'vitest'

import { holdColumn } from './held-columns.ts'

describe('holdColumn()', () => {
  const timesS = [0, 5, 10, 15, 20, 25]

  test('holds a value for its time, and no longer', () => {
    const held = holdColumn(timesS, [undefined, 7, undefined, undefined, undefined, 9], () => 10)
    expect(held).toEqual([undefined, 7, 7, 7, undefined, 9])
  })

  test('has a gap until the next value', () => {
    const held = holdColumn(timesS, [1, null, undefined, 4, undefined, undefined], () => 100)
    expect(held).toEqual([1, null, null, 4, 4, 4])
  })
})
