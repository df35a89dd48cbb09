import { describe, expect, test } from 'vitest'

import { nextSort, readMetricsView, writeMetricsView, type MetricsView } from './view.ts'

const first: MetricsView = {
  query: '',
  display: 'line',
  isLog: false,
  sort: { column: 'avg', isFalling: true },
  hasCatalogue: false,
  find: '',
}

describe('readMetricsView()', () => {
  test('is as at first for an address that says nothing, or nothing that can be read', () => {
    expect(readMetricsView({})).toEqual(first)
    expect(readMetricsView({ show: 'pie', axis: 'odd', sort: '-colour', tab: 'x' })).toEqual(first)
  })

  test('reads what was written', () => {
    const view: MetricsView = {
      query: 'avg:x{*}, sum:y{*}',
      display: 'stacked',
      isLog: true,
      sort: { column: 'name', isFalling: false },
      hasCatalogue: true,
      find: 'cpu',
    }
    const written = Object.entries(writeMetricsView(view)).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    )
    expect(readMetricsView(Object.fromEntries(written))).toEqual(view)
  })

  test('writes nothing for what is as at first', () => {
    const written = Object.values(writeMetricsView(first))
    expect(written.every((value) => value === undefined)).toBe(true)
  })
})

describe('nextSort()', () => {
  test('has the greatest first, names in their order, and turns round at a second click', () => {
    const byMax = nextSort(first.sort, 'max')
    expect(byMax).toEqual({ column: 'max', isFalling: true })
    expect(nextSort(byMax, 'max').isFalling).toBe(false)
    expect(nextSort(byMax, 'name')).toEqual({ column: 'name', isFalling: false })
  })
})
