import { describe, expect, test } from 'vitest'

import {
  allFolded,
  groupKey,
  isFolded,
  nothingFolded,
  readFolding,
  toggleFolded,
  writeFolding,
} from './folding.ts'

describe('groupKey()', () => {
  test('tells groups apart whose names look like lists, paths or nothing', () => {
    const paths = [['a,b'], ['a', 'b'], ['a/b'], ['*'], ['~'], [''], ['', ''], ['100%2C']]
    const keys = paths.map(groupKey)
    expect(new Set(keys).size).toBe(paths.length)
    for (const key of keys) {
      const folding = toggleFolded(nothingFolded, key)
      expect(readFolding(writeFolding(folding))).toEqual(folding)
    }
  })
})

describe('toggleFolded()', () => {
  test('closes one, opens it again', () => {
    const closed = toggleFolded(nothingFolded, 'shop')
    expect([isFolded(closed, 'shop'), isFolded(closed, 'blog')]).toEqual([true, false])
    expect(writeFolding(toggleFolded(closed, 'shop'))).toBe('')
  })

  test('opens one of all that are closed', () => {
    const opened = toggleFolded(allFolded, 'shop')
    expect([isFolded(opened, 'shop'), isFolded(opened, 'blog')]).toEqual([false, true])
    expect(writeFolding(opened)).toBe('*,shop')
    expect(readFolding('*,shop')).toEqual(opened)
  })
})
