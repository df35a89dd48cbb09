import { describe, expect, test } from 'vitest'

import type { LiveRow } from '../../data/live-row.ts'
import { sampleNowMs, sampleRow } from '../../testing/samples.ts'
import { arrangeRows, isSameArrangement, sortRows, type Line } from './arrange-rows.ts'
import { columns } from './columns.ts'
import { parseFilter } from './parse-filter.ts'

const rows = [
  sampleRow({ key: 1, name: 'web-10', project: 'shop', figures: { cpu: 5 }, startedAt: 3000 }),
  sampleRow({ key: 2, name: 'web-9', project: 'blog', figures: { cpu: 50 }, startedAt: 1000 }),
  sampleRow({ key: 3, name: 'idle', figures: {}, startedAt: 2000 }),
  sampleRow({ key: 4, name: 'done', project: 'shop', state: 'exited', figures: { cpu: 99 } }),
  sampleRow({ key: 5, name: 'ill', figures: { cpu: 5 }, health: 'unhealthy', startedAt: 2500 }),
]

function names(sorted: readonly LiveRow[]): string[] {
  return sorted.map((row) => row.container.name)
}

function texts(lines: readonly Line[]): string[] {
  return lines.map((line) => (line.kind === 'group' ? `[${line.name}]` : line.row.container.name))
}

describe('sortRows()', () => {
  test.each([
    ['name', false, ['done', 'idle', 'ill', 'web-9', 'web-10']],
    ['name', true, ['web-10', 'web-9', 'ill', 'idle', 'done']],
    ['cpu', true, ['web-9', 'ill', 'web-10', 'done', 'idle']],
    ['cpu', false, ['ill', 'web-10', 'web-9', 'done', 'idle']],
    ['state', false, ['ill', 'idle', 'web-9', 'web-10', 'done']],
  ] as const)('by %s, falling: %s', (column, isFalling, expected) => {
    expect(names(sortRows(rows, { column, isFalling }))).toEqual(expected)
  })

  test('by uptime puts the longest-running first, and the stopped after all that run', () => {
    const stopped = sampleRow({ key: 6, name: 'old', state: 'exited', finishedAt: 10 })
    const sorted = sortRows([stopped, ...rows.slice(0, 3)], { column: 'uptime', isFalling: true })
    expect(names(sorted)).toEqual(['web-9', 'idle', 'web-10', 'old'])
  })

  test('can sort by each column without losing a row', () => {
    for (const { id } of columns) {
      expect(sortRows(rows, { column: id, isFalling: true })).toHaveLength(rows.length)
    }
  })
})

describe('arrangeRows()', () => {
  const sort = { column: 'name', isFalling: false } as const

  test('shows what runs, or all', () => {
    const filter = parseFilter('')
    const running = arrangeRows(
      rows,
      { scope: 'running', sort, group: 'none', filter, host: '' },
      sampleNowMs,
    )
    expect(texts(running)).toEqual(['idle', 'ill', 'web-9', 'web-10'])
    const all = arrangeRows(
      rows,
      { scope: 'all', sort, group: 'none', filter, host: '' },
      sampleNowMs,
    )
    expect(texts(all)).toContain('done')
  })

  test('shows all rows under a filter of which nothing can be read', () => {
    const filter = parseFilter('cpu:>much')
    const lines = arrangeRows(
      rows,
      { scope: 'all', sort, group: 'none', filter, host: '' },
      sampleNowMs,
    )
    expect(lines).toHaveLength(rows.length)
  })

  test('shows what is of the chosen host only', () => {
    const [first, ...others] = rows
    const moved = sampleRow({ ...first?.container, host: 'other-host' })
    const view = { scope: 'all', sort, group: 'none', filter: parseFilter('') } as const
    const lines = arrangeRows([moved, ...others], { ...view, host: 'other-host' }, sampleNowMs)
    expect(texts(lines)).toEqual([moved.container.name])
  })

  test('puts groups in order of their names, those without one last', () => {
    const filter = parseFilter('')
    const lines = arrangeRows(
      rows,
      { scope: 'all', sort, group: 'project', filter, host: '' },
      sampleNowMs,
    )
    expect(texts(lines)).toEqual([
      '[blog]',
      'web-9',
      '[shop]',
      'done',
      'web-10',
      '[none]',
      'idle',
      'ill',
    ])
  })
})

describe('isSameArrangement()', () => {
  const view = {
    scope: 'all',
    sort: { column: 'cpu', isFalling: true },
    filter: parseFilter(''),
    host: '',
  } as const

  test('holds for the same rows in the same places, grouped or not', () => {
    for (const group of ['none', 'project'] as const) {
      const [left, right] = [1, 2].map(() => arrangeRows(rows, { ...view, group }, sampleNowMs))
      expect(isSameArrangement(left ?? [], right ?? [])).toBe(true)
    }
  })

  test('does not hold when rows change places', () => {
    const left = arrangeRows(rows, { ...view, group: 'none' }, sampleNowMs)
    expect(isSameArrangement(left, left.toReversed())).toBe(false)
    expect(isSameArrangement(left, left.slice(1))).toBe(false)
  })
})
