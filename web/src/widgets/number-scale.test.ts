import { describe, expect, test } from 'vitest'

import type { NumberFormat } from '../../../src/api/contract/dashboards.ts'
import { numberScale, stateOf } from './number-scale.ts'

describe('numberScale()', () => {
  test.each<[string, number, NumberFormat, string, string]>([
    ['byte', 3 * 2 ** 20, { isAutoscaled: true }, '3.00', 'MiB'],
    ['byte', 3 * 2 ** 20, { isAutoscaled: true, precision: 0 }, '3', 'MiB'],
    ['byte', 1536, { isAutoscaled: false }, '1,536', 'B'],
    ['byte', 0.256, { isAutoscaled: true, unit: 'second' }, '256.0', 'ms'],
    ['', 12.3456, { isAutoscaled: false, unit: 'orders', precision: 1 }, '12.3', 'orders'],
  ])('%s of %d as %j is %s %s', (unit, value, format, number, unitText) => {
    const scale = numberScale(unit, [value], format)
    expect([scale.numberText(value), scale.unit]).toEqual([number, unitText])
  })

  test('has a dash for what is not there', () => {
    expect(numberScale('', [null], { isAutoscaled: false }).numberText(null)).toBe('–')
    expect(numberScale('', [null], { isAutoscaled: true }).numberText(null)).toBe('–')
  })
})

describe('stateOf()', () => {
  const conditions = [
    { comparator: '>', value: 90, state: 'critical' },
    { comparator: '>=', value: 70, state: 'warning' },
    { comparator: '=', value: 0, state: 'ok' },
  ] as const

  test.each([
    [91, 'critical'],
    [90, 'warning'],
    [70, 'warning'],
    [69, undefined],
    [0, 'ok'],
    [null, undefined],
    [undefined, undefined],
  ])('of %s is %s', (value, expected) => {
    expect(stateOf(value, conditions)).toBe(expected)
  })
})
