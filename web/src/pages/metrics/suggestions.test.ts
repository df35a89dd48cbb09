import { describe, expect, test } from 'vitest'

import { completeKeys, completeScope, readKeys, suggestKeys, suggestScope } from './suggestions.ts'

const keys = [
  { key: 'host', count: 2, values: ['alpha', 'beta'] },
  { key: 'service', count: 1, values: ['web:8080'] },
]

const texts = (suggestions: readonly { readonly text: string }[]): readonly string[] =>
  suggestions.map(({ text }) => text)

describe('suggestScope()', () => {
  test.each([
    ['', ['host:', 'service:']],
    ['ser', ['service:']],
    ['host:', ['host:alpha', 'host:beta']],
    ['service:x,host:B', ['host:beta']],
    ['service:x AND !host:al', ['host:alpha']],
    ['NOT (host:b', ['host:beta']],
    ['service:8', ['service:web:8080']],
    ['host:alpha', []],
    ['other:', []],
  ])('for %j has %j', (draft, expected) => {
    expect(texts(suggestScope(draft, keys))).toEqual(expected)
  })

  test('replaces only the last word', () => {
    const choice = { text: 'host:alpha', about: '', isBeginning: false }
    expect(completeScope('service:web AND !ho', choice)).toBe('service:web AND !host:alpha')
    expect(completeScope('service:web,', choice)).toBe('service:web,host:alpha')
  })
})

describe('suggestKeys()', () => {
  test('leaves out what is chosen', () => {
    expect(texts(suggestKeys('host, ', keys))).toEqual(['service'])
    expect(texts(suggestKeys('s', keys))).toEqual(['host', 'service'])
  })

  test('adds to the list', () => {
    const choice = { text: 'service', about: '', isBeginning: false }
    expect(completeKeys('host se', choice)).toBe('host, service')
    expect(readKeys(' host,, service ')).toEqual(['host', 'service'])
  })
})
