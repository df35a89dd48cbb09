import { describe, expect, test } from 'vitest'

import { sortRows, type RowOrder } from './sort-rows.ts'

const rows = [
  { groups: ['web-10'], values: [2] },
  { groups: ['web-2'], values: [2] },
  { groups: ['db'], values: [null] },
  { groups: ['cache'], values: [-1] },
]

describe('sortRows()', () => {
  test.each<[RowOrder, string[]]>([
    [{ by: 0, order: 'desc' }, ['web-2', 'web-10', 'cache', 'db']],
    [{ by: 0, order: 'asc' }, ['cache', 'web-2', 'web-10', 'db']],
    [{ by: -1, order: 'asc' }, ['cache', 'db', 'web-2', 'web-10']],
    [{ by: -1, order: 'desc' }, ['web-10', 'web-2', 'db', 'cache']],
  ])('by %j', (order, expected) => {
    expect(sortRows(rows, order).map(({ groups }) => groups[0])).toEqual(expected)
  })
})
