import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { StringPool } from './string-pool.ts'

describe('StringPool', () => {
  test('gives back an equal text, however many came between', () => {
    const pool = new StringPool()
    for (let at = 0; at < 200_000; at += 1) assert.equal(pool.intern(`key:${at}`), `key:${at}`)
    assert.equal(pool.intern('key:7'), 'key:7')
    const long = 'x'.repeat(201)
    assert.equal(pool.intern(long), long)
    pool.clear()
    assert.equal(pool.intern('key:7'), 'key:7')
  })
})
