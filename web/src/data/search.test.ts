import { describe, expect, test } from 'vitest'

import { readSearch, writeSearch } from './search.ts'

describe('readSearch() and writeSearch()', () => {
  test.each([
    [{}, ''],
    [{ q: 'cpu:>50 -state:exited', group: 'project' }, '?q=cpu:%3E50+-state:exited&group=project'],
    [{ q: 'a&b=c+d "x y"' }, '?q=a%26b%3Dc%2Bd+%22x+y%22'],
    [{ from: '1767323045' }, '?from=1767323045'],
  ])('%j and back', (search, text) => {
    expect(writeSearch(search)).toBe(text)
    expect(readSearch(text)).toEqual(search)
  })

  test('leaves out what is not said', () => {
    expect(writeSearch({ q: undefined, sort: 'name' })).toBe('?sort=name')
  })
})
