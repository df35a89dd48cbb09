import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { decodeLineKey, encodeLineKey } from './line-key.ts'
import { decodeListCursor, encodeListCursor } from './list-cursor.ts'

const key = { timeNs: 1_790_000_000_123_456_789n, origin: 2n ** 64n - 1n, file: 0n, position: 7n }

describe('decodeLineKey()', () => {
  test('reads what encodeLineKey() writes', () => {
    const id = encodeLineKey(key)
    assert.match(id, /^[\w-]{43}$/)
    assert.deepEqual(decodeLineKey(id), key)
  })

  test('knows what is no key', () => {
    for (const id of ['', 'x', 'A'.repeat(42), 'A'.repeat(44), `${'A'.repeat(42)}.`]) {
      assert.equal(decodeLineKey(id), undefined)
    }
  })
})

describe('decodeListCursor()', () => {
  const cursor = { after: key, fromMs: 0, toMs: 1_790_000_000_000 }

  test('reads what encodeListCursor() writes', () => {
    assert.deepEqual(decodeListCursor(encodeListCursor(cursor)), cursor)
  })

  test('knows what is no cursor', () => {
    const text = encodeListCursor(cursor)
    for (const wrong of ['', encodeLineKey(key), `${text}.1`, `${text}!`, `x${text}`]) {
      assert.equal(decodeListCursor(wrong), undefined, wrong)
    }
  })
})
