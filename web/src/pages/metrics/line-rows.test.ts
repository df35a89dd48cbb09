import { describe, expect, test } from 'vitest'

import type { Curve } from '../../data/metric-answers.ts'
import { figureColumns, lineRows, sortRows, writeCsv } from './line-rows.ts'

function curve(name: string, values: Curve['values'], change: Partial<Curve> = {}): Curve {
  const expression = `avg:x{host:${name}} by {host}`
  const groups: Curve['groups'] = [['host', name]]
  const grid = { startS: 0, intervalS: 10 }
  return { key: name, metric: 'x', expression, groups, unit: 'byte', ...grid, values, ...change }
}

describe('lineRows()', () => {
  test('names lines by their groups, and by their query where there are several', () => {
    const one = curve('a', [1])
    const other = curve('b', [1], { expression: 'sum:y{host:b} by {host} / 2' })
    const total = curve('', [1], { expression: 'sum:y{*}', groups: [] })
    expect(lineRows([one]).map(({ label }) => label)).toEqual(['a'])
    expect(lineRows([one, other, total]).map(({ label }) => label)).toEqual([
      'avg:x a',
      'sum:y / 2 b',
      'sum:y{*}',
    ])
  })
})

describe('sortRows()', () => {
  const rows = lineRows([curve('web-10', [0]), curve('none', [null]), curve('web-2', [5, 1])])
  const names = (sorted: typeof rows): readonly string[] => sorted.map(({ label }) => label)

  test('has lines without a value last, whichever way round', () => {
    expect(names(sortRows(rows, { column: 'max', isFalling: true }))).toEqual([
      'web-2',
      'web-10',
      'none',
    ])
    expect(names(sortRows(rows, { column: 'max', isFalling: false }))).toEqual([
      'web-10',
      'web-2',
      'none',
    ])
  })

  test('counts the numbers in names', () => {
    expect(names(sortRows(rows, { column: 'name', isFalling: false }))).toEqual([
      'none',
      'web-2',
      'web-10',
    ])
  })
})

describe('figureColumns()', () => {
  test('writes figures that are compared in one unit, the sum in its own', () => {
    const rows = lineRows([curve('a', [2 ** 30, 0]), curve('b', [2 ** 20])])
    const { max, min, sum } = figureColumns(rows)
    expect(max.unit).toBe('MiB')
    expect(rows.map(max.text)).toEqual(['1,024.00', '1.00'])
    expect(min.unit).toBe('MiB')
    expect(sum.unit).toBe('GiB')
  })

  test('writes the unit behind each number where there are several', () => {
    const rows = lineRows([curve('a', [2048]), curve('b', [50], { unit: 'percent' })])
    const { max } = figureColumns(rows)
    expect(max.unit).toBe('')
    expect(rows.map(max.text)).toEqual(['2.00\u00a0KiB', '50\u00a0%'])
  })
})

describe('writeCsv()', () => {
  test('quotes what needs it, and has no formula for a spreadsheet', () => {
    const odd = curve('a,"b"', [1, 2], { expression: '-avg:x{*}' })
    expect(writeCsv(lineRows([odd, curve('c', [null])]))).toBe(
      [
        'host,query,unit,min,avg,max,last,sum',
        `"a,""b""",'-avg:x{*},byte,1,1.5,2,2,3`,
        'c,avg:x{host:c} by {host},byte,,,,,',
        '',
      ].join('\r\n'),
    )
  })
})
