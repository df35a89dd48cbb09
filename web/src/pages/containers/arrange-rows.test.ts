import { describe, expect, test } from 'vitest'

import type { LiveRow } from '../../data/live-row.ts'
import { sampleNowMs, sampleRow } from '../../testing/samples.ts'
import {
  arrangeRows,
  countContainers,
  isSameArrangement,
  sortRows,
  type Arrangement,
  type Line,
} from './arrange-rows.ts'
import { columns } from './columns.ts'
import { allFolded, nothingFolded, toggleFolded } from './folding.ts'
import { parseFilter } from '../../../../src/api/contract/container-filter/parse-filter.ts'

const rows = [
  sampleRow({ key: 1, name: 'web-10', project: 'shop', figures: { cpu: 5 }, startedAt: 3000 }),
  sampleRow({ key: 2, name: 'web-9', project: 'blog', figures: { cpu: 50 }, startedAt: 1000 }),
  sampleRow({ key: 3, name: 'idle', figures: {}, startedAt: 2000 }),
  sampleRow({ key: 4, name: 'done', project: 'shop', state: 'exited', figures: { cpu: 99 } }),
  sampleRow({ key: 5, name: 'ill', figures: { cpu: 5 }, health: 'unhealthy', startedAt: 2500 }),
]

/** Teams by name of the container, as labels; of `ill` nothing is known yet. */
const teams: Readonly<Record<string, string | null>> = {
  'web-10': 'web',
  'web-9': '',
  idle: null,
  done: 'web',
}

function labelOf(id: string, label: string): string | null | undefined {
  const name = rows.find(({ container }) => container.id === id)?.container.name ?? ''
  return label === 'com.example.team' ? teams[name] : null
}

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

const byName: Arrangement = {
  scope: 'all',
  sort: { column: 'name', isFalling: false },
  groups: [],
  folding: nothingFolded,
  filter: parseFilter(''),
  host: '',
}

function arrange(different: Partial<Arrangement>, of: readonly LiveRow[] = rows): readonly Line[] {
  return arrangeRows(of, { ...byName, ...different }, { nowMs: sampleNowMs, labelOf })
}

describe('arrangeRows()', () => {
  test('shows what runs, or all', () => {
    expect(texts(arrange({ scope: 'running' }))).toEqual(['idle', 'ill', 'web-9', 'web-10'])
    expect(texts(arrange({}))).toContain('done')
  })

  test('shows all rows under a filter of which nothing can be read', () => {
    expect(arrange({ filter: parseFilter('cpu:>much') })).toHaveLength(rows.length)
  })

  test('shows what is of the chosen host only', () => {
    const [first, ...others] = rows
    const moved = sampleRow({ ...first?.container, host: 'other-host' })
    const lines = arrange({ host: 'other-host' }, [moved, ...others])
    expect(texts(lines)).toEqual([moved.container.name])
  })

  test('puts groups in order of their names, those without one last', () => {
    expect(texts(arrange({ groups: ['project'] }))).toEqual([
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

  const tagged = [
    sampleRow({ key: 1, name: 'a', host: 'one', tags: ['env:prod', 'team:core'] }),
    sampleRow({ key: 2, name: 'b', host: 'two', tags: ['env:prod'] }),
    sampleRow({ key: 3, name: 'c', host: 'one', tags: ['env:test:eu'] }),
    sampleRow({ key: 4, name: 'd', host: 'one', tags: ['environment:prod'] }),
  ]

  test('groups by a label: an empty value, one not told yet and none are different things', () => {
    expect(texts(arrange({ groups: ['label.com.example.team'] }))).toEqual([
      '[""]',
      'web-9',
      '[web]',
      'done',
      'web-10',
      '[none]',
      'idle',
      '[…]',
      'ill',
    ])
  })

  test('groups by a label inside a field', () => {
    const lines = arrange({ groups: ['project', 'label.com.example.team'] })
    expect(texts(lines).slice(0, 3)).toEqual(['[blog]', '[""]', 'web-9'])
  })

  test('groups by the values of any tag, and inside by a second', () => {
    const lines = arrange({ groups: ['env', 'host'] }, tagged)
    expect(texts(lines)).toEqual([
      '[prod]',
      '[one]',
      'a',
      '[two]',
      'b',
      '[test:eu]',
      '[one]',
      'c',
      '[none]',
      '[one]',
      'd',
    ])
    expect(countContainers(lines)).toBe(4)
  })

  test('leaves out what is folded away, and still counts it', () => {
    const closed = { groups: ['env', 'host'], folding: toggleFolded(nothingFolded, 'prod') }
    expect(texts(arrange(closed, tagged)).slice(0, 2)).toEqual(['[prod]', '[test:eu]'])
    const inner = { ...closed, folding: toggleFolded(nothingFolded, 'prod/one') }
    expect(texts(arrange(inner, tagged)).slice(0, 4)).toEqual(['[prod]', '[one]', '[two]', 'b'])
    const all = arrange({ ...closed, folding: allFolded }, tagged)
    expect(texts(all)).toEqual(['[prod]', '[test:eu]', '[none]'])
    expect(countContainers(all)).toBe(4)
  })
})

describe('isSameArrangement()', () => {
  const view: Partial<Arrangement> = { sort: { column: 'cpu', isFalling: true } }

  test('holds for the same rows in the same places, grouped or not', () => {
    for (const groups of [[], ['project']]) {
      const [left = [], right = []] = [1, 2].map(() => arrange({ ...view, groups }))
      expect(isSameArrangement(left, right)).toBe(true)
    }
  })

  test('does not hold when rows change places', () => {
    const left = arrange(view)
    expect(isSameArrangement(left, left.toReversed())).toBe(false)
    expect(isSameArrangement(left, left.slice(1))).toBe(false)
  })

  test('does not hold when a folded group has other rows, as many as before', () => {
    const folded: Partial<Arrangement> = { groups: ['project'], folding: allFolded }
    const other = rows.map((row) =>
      row.key === 2 ? sampleRow({ key: 9, name: 'new', project: 'blog' }) : row,
    )
    expect(isSameArrangement(arrange(folded), arrange(folded, other))).toBe(false)
  })
})
