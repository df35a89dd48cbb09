import { describe, expect, test } from 'vitest'

import { columnScaleFor, scaleFor } from './metric-unit.ts'

const plainBlanks = (text: string): string => text.replaceAll('\u00a0', ' ')

describe('scaleFor()', () => {
  test.each([
    ['byte', [0, 1536, 3 * 2 ** 30], ['0.00 GiB', '<0.01 GiB', '3.00 GiB']],
    ['B/s', [2048, 512], ['2.00 KiB/s', '0.50 KiB/s']],
    ['MiB', [512, 2048], ['0.50 GiB', '2.00 GiB']],
    ['nanosecond', [1_500_000, 20_000], ['1.50 ms', '0.02 ms']],
    ['ns/s', [250_000_000], ['250.0 ms/s']],
    ['second', [7200, 90], ['2.00 h', '0.03 h']],
    ['second/second', [90], ['90 s/s']],
    ['percent', [134.25, 0.04], ['134.3 %', '<0.1 %']],
    ['% of a core', [20], ['20 %']],
    ['fraction', [0.25], ['25 %']],
    ['request/second', [12_345, 100], ['12.3 k request/s', '0.1 k request/s']],
    ['threads', [12, 3], ['12 threads', '3 threads']],
    ['', [3, 4], ['3', '4']],
    ['', [0.0123], ['0.012']],
    ['', [2_500_000], ['2.50 M']],
    ['', [-2500, 0], ['-2.50 k', '0.00 k']],
    ['', [3e23, 0, -1.234e20], ['3E23', '0', '-1.23E20']],
    ['byte', [2 ** 63, 0], ['8.39E6 TiB', '0 TiB']],
  ])('writes %j %j as %j, all in one unit', (unit, values, expected) => {
    const scale = scaleFor(unit, values)
    expect(values.map((value) => plainBlanks(scale.text(value)))).toEqual(expected)
  })

  test('has a dash for what is missing, and a unit for a column without numbers', () => {
    const scale = scaleFor('byte', [null, undefined])
    expect(scale.text(null)).toBe('–')
    expect(scale.unit).toBe('B')
  })

  test('writes as many decimals as are wanted', () => {
    expect(scaleFor('percent', [12.345], 0).numberText(12.345)).toBe('12')
  })

  test('is short at an axis', () => {
    const scale = scaleFor('request/second', [12_345])
    expect(plainBlanks(scale.axisText(10_000))).toBe('10 k')
    expect(plainBlanks(scaleFor('byte', [2 ** 21]).axisText(2 ** 20))).toBe('1 MiB')
  })
})

describe('columnScaleFor()', () => {
  test('takes the unit of most, so that one giant does not make nothing of them', () => {
    const scale = columnScaleFor('byte', [1.5 * 2 ** 30, 2 ** 21, 2 ** 20, 2 ** 21])
    expect(scale.unit).toBe('MiB')
    expect(scale.numberText(1.5 * 2 ** 30)).toBe('1,536.00')
  })

  test('does not write a giant out in the unit of dwarfs', () => {
    expect(columnScaleFor('byte', [2 ** 40, 1, 2, 3]).unit).toBe('MiB')
  })
})
