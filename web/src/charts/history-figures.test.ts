import { describe, expect, test } from 'vitest'

import { curveFigures, unitScales } from './history-figures.ts'

describe('curveFigures()', () => {
  test('leaves gaps out of the mean', () => {
    const figures = curveFigures({ values: [null, 4, null, -2, 1, null] })
    expect(figures).toEqual({ min: -2, avg: 1, max: 4, last: 1, sum: 3 })
  })

  test('has none for a curve without values', () => {
    expect(Object.values(curveFigures({ values: [null] }))).toEqual(Array(5).fill(undefined))
  })
})

describe('unitScales()', () => {
  test('has one scale for all lines of a unit, in the order of the lines', () => {
    const scales = unitScales([
      { unit: 'percent', values: [50] },
      { unit: 'byte', values: [2048] },
      { unit: 'byte', values: [3 * 2 ** 20, null] },
    ])
    expect([...scales.keys()]).toEqual(['percent', 'byte'])
    expect(scales.get('byte')?.text(2 ** 20)).toBe('1.00\u00a0MiB')
  })
})
