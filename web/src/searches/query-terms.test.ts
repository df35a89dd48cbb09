import { describe, expect, test } from 'vitest'

import { readQueryTerms, type QueryProblem } from './query-terms.ts'

describe('readQueryTerms()', () => {
  test('takes a query apart without losing a character', () => {
    const query = String.raw`word "two words" -key:value @n:[1 TO 5] /a b\/c/i (x OR y) 12:30 http://z`
    const { terms, problem } = readQueryTerms(query)
    expect(problem).toBeUndefined()
    expect(terms.map(({ start, end }) => query.slice(start, end))).toEqual([
      'word',
      '"two words"',
      '-key:value',
      '@n:[1 TO 5]',
      String.raw`/a b\/c/i`,
      '(x OR y)',
      '12:30',
      'http://z',
    ])
    expect(terms.map(({ key }) => key).filter(Boolean)).toEqual(['key', '@n'])
  })

  const faults: readonly (readonly [string, QueryProblem])[] = [
    ['a "b c', { kind: 'openQuote', at: 2, key: '' }],
    ['a level:"b', { kind: 'openQuote', at: 8, key: 'level' }],
    ['a (b (c)', { kind: 'openBracket', at: 2, key: '' }],
    ['a (b "c)', { kind: 'openQuote', at: 5, key: '' }],
    ['a) b', { kind: 'strayBracket', at: 1, key: '' }],
    ['a level:', { kind: 'noValue', at: 8, key: 'level' }],
    ['a -', { kind: 'noTerm', at: 3, key: '-' }],
    ['a OR ', { kind: 'noTerm', at: 5, key: 'OR' }],
    ['NOT', { kind: 'noTerm', at: 3, key: 'NOT' }],
    ['level: error', { kind: 'noValue', at: 6, key: 'level' }],
  ]
  test.each(faults)('says where %s stops making sense', (query, problem) => {
    expect(readQueryTerms(query).problem).toEqual(problem)
  })

  test.each([
    '',
    ' ',
    'a - b',
    '"-"',
    '"OR"',
    '--since',
    '/var/log',
    'a/b',
    String.raw`\"`,
    '[x',
    'a -"b c"',
  ])('sees nothing wrong in %j, which the server may judge', (query) => {
    expect(readQueryTerms(query).problem).toBeUndefined()
  })
})
