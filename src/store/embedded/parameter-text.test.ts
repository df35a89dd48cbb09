import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openTemporaryStore, type TemporaryStore } from '../temporary-store.ts'
import { bindParameter } from './parameter-text.ts'

describe('bindParameter()', () => {
  let store: TemporaryStore

  before(async () => {
    store = await openTemporaryStore()
  })

  after(async () => store[Symbol.asyncDispose]())

  const echo = async (type: string, value: unknown): Promise<unknown> => {
    const answer = await store.read.query({
      query: `SELECT {value:${type}} AS value`,
      query_params: { value },
      format: 'JSONEachRow',
    })
    const [row] = await answer.json<{ value: unknown }>()
    return row?.value
  }

  const texts = [
    '',
    'a',
    "it's",
    '"',
    '`',
    '\\',
    '\\\\',
    "\\'",
    "'; DROP TABLE x; --",
    '\\N',
    '\\n',
    'NULL',
    'tab\there',
    'line\nend',
    'return\r',
    'nul\0',
    'é😀',
    '{value:String}',
    '$$',
    '%_*',
    '-- #',
    '/*',
  ]
  for (const text of texts) {
    test(`hands over ${JSON.stringify(text)} as it is`, async () => {
      assert.equal(await echo('String', text), text)
    })
  }

  test('hands over lists of texts', async () => {
    assert.deepEqual(await echo('Array(String)', texts), texts)
  })

  test('hands over numbers', async () => {
    assert.equal(await echo('Float64', -1.5e300), -1.5e300)
    assert.equal(await echo('Int64', -9_007_199_254_740_993n), '-9007199254740993')
    assert.equal(await echo('Bool', true), true)
  })

  test('keeps the values of questions that run side by side apart', async () => {
    const numbers = Array.from({ length: 200 }, (_, index) => index)
    assert.deepEqual(await Promise.all(numbers.map((value) => echo('UInt32', value))), numbers)
  })

  test('refuses a name that is no word, and values of other kinds', () => {
    assert.throws(() => bindParameter('a = 1, b', 1), /the name is a = 1, b/)
    assert.throws(() => bindParameter('a', {}), /its value is object/)
    assert.throws(() => bindParameter('a', [1]), /its value is object/)
    assert.throws(() => bindParameter('a', null), /its value is object/)
  })
})
