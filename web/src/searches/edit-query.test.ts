import { describe, expect, test } from 'vitest'

import { attributeKey, choiceOf, narrowedBy, narrowQuery, toggleValue } from './edit-query.ts'

const include = (query: string, key: string, value: string): string =>
  toggleValue(query, { key, value, choice: 'included' })
const exclude = (query: string, key: string, value: string): string =>
  toggleValue(query, { key, value, choice: 'excluded' })

describe('toggleValue()', () => {
  test('adds a value, and takes it out again', () => {
    expect(include('', 'level', 'error')).toBe('level:error')
    expect(include('timeout', 'level', 'error')).toBe('timeout level:error')
    expect(include('timeout level:error "a b"', 'level', 'error')).toBe('timeout "a b"')
  })

  test('makes alternatives of several values of a field, and one of two', () => {
    expect(include('level:error x', 'level', 'warn')).toBe('level:(error OR warn) x')
    expect(include('level:(error OR warn)', 'level', 'info')).toBe('level:(error OR warn OR info)')
    expect(include('level:(error OR warn) x', 'level', 'warn')).toBe('level:error x')
  })

  test('excludes each value by itself, and one that was included', () => {
    expect(exclude('-level:info', 'level', 'debug')).toBe('-level:info -level:debug')
    expect(exclude('level:(error OR warn)', 'level', 'warn')).toBe('level:error -level:warn')
    expect(exclude('NOT level:warn x', 'level', 'warn')).toBe('x')
    expect(include('-level:warn', 'level', 'warn')).toBe('level:warn')
  })

  test('puts in quotes what would mean something else', () => {
    expect(include('', 'image', 'registry:5000/app:1.2')).toBe('image:registry:5000/app:1.2')
    for (const value of [
      'two words',
      'a*',
      '>5',
      '-x',
      '/path/',
      'say "no"',
      String.raw`a\b`,
      'OR',
    ]) {
      const query = include('', 'service', value)
      expect(query).toContain('"')
      expect(choiceOf(query, 'service', value)).toBe('included')
      expect(include(query, 'service', value)).toBe('')
    }
  })

  test('keeps alternatives together that were there before', () => {
    expect(include('a OR b', 'level', 'error')).toBe('(a OR b) level:error')
  })

  test('leaves alone what only looks like a value', () => {
    expect(include('"level:error"', 'level', 'error')).toBe('"level:error" level:error')
    expect(include('@level:error', 'level', 'error')).toBe('@level:error level:error')
    expect(include('level:>info', 'level', 'error')).toBe('level:>info level:error')
    expect(include('(level:error)', 'level', 'error')).toBe('(level:error) level:error')
  })
})

describe('choiceOf()', () => {
  test('tells included from excluded, however it is written', () => {
    expect(choiceOf('level:(error OR "warn")', 'level', 'warn')).toBe('included')
    expect(choiceOf('-level:error', 'level', 'error')).toBe('excluded')
    expect(choiceOf('NOT -level:error', 'level', 'error')).toBe('included')
    expect(choiceOf('level:errors', 'level', 'error')).toBeUndefined()
  })
})

describe('narrowQuery()', () => {
  test('keeps the scope around every alternative, and knows by how much it moved the query', () => {
    const query = narrowQuery('container_id:abc', 'a OR b')
    expect(query).toBe('container_id:abc (a OR b)')
    expect(query.slice(narrowedBy('container_id:abc'))).toMatch(/^a OR b/)
    expect(narrowQuery('container_id:abc', ' ')).toBe('container_id:abc')
    expect(narrowQuery('', ' a ')).toBe('a')
  })
})

describe('attributeKey()', () => {
  test('escapes what ends a key', () => {
    expect(attributeKey('http.status')).toBe('@http.status')
    expect(attributeKey('a b:c')).toBe(String.raw`@a\ b\:c`)
  })
})
