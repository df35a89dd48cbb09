import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { findNearestName } from './nearest-name.ts'

const names = [
  'api_key',
  'log_level',
  'tags',
  'vigie.listen',
  'vigie.store.max_memory',
  'vigie.store.url',
]

describe('findNearestName()', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['api_kye', 'api_key'],
    ['apikey', 'api_key'],
    ['API_KEY', 'api_key'],
    ['loglevel', 'log_level'],
    ['tag', 'tags'],
    ['vigie.lissten', 'vigie.listen'],
    ['listen', 'vigie.listen'],
    ['lissten', 'vigie.listen'],
    ['max_memory', 'vigie.store.max_memory'],
    ['vigie.api_key', 'api_key'],
    ['vigie.store.max_mem', 'vigie.store.max_memory'],
    ['something_else_altogether', undefined],
    ['x', undefined],
    ['', undefined],
  ]
  for (const [name, nearest] of cases) {
    test(`${name || 'nothing'} is ${nearest ?? 'none of them'}`, () => {
      assert.equal(findNearestName(name, names), nearest)
    })
  }

  test('prefers the closer of two', () => {
    assert.equal(findNearestName('tagss', ['tag', 'tags']), 'tags')
  })
})
