import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseJsonText } from './parse-json-text.ts'

const parse = (text: string): unknown => parseJsonText(text, 'the text')

describe('parseJsonText()', () => {
  const good: readonly string[] = [
    '{"a":[1,"b"],"c":null}',
    JSON.stringify('['.repeat(100_000)),
    JSON.stringify(`"${'['.repeat(2000)}`),
    JSON.stringify(['\\', `\\"${'{,'.repeat(2000)}`]),
    `${'['.repeat(1000)}${']'.repeat(1000)}`,
    JSON.stringify(Array.from({ length: 999_999 }, () => 1)),
  ]
  for (const text of good) {
    test(`reads ${text.length} characters: ${text.slice(0, 20)}`, () =>
      assert.deepEqual(parse(text), JSON.parse(text)))
  }

  test('refuses what lies too deep, without an end too', () => {
    for (const text of ['['.repeat(1001), `${'{"a":'.repeat(1001)}1${'}'.repeat(1001)}`])
      assert.throws(() => parse(text), /^WireError: Cannot read the text: lists and objects lie more than 1000 deep/) // prettier-ignore
  })

  test('refuses more values than anybody sends', () => {
    for (const text of [`[${'1,'.repeat(1_000_000)}1]`, `[${'{},'.repeat(500_001)}{}]`])
      assert.throws(() => parse(text), /^WireError: Cannot read the text: it holds more than 1000000 values/) // prettier-ignore
  })

  test('says what is wrong with what is no JSON', () => {
    for (const text of ['', '{', `"${'a'.repeat(2000)}`, `"${'a'.repeat(2000)}\\`])
      assert.throws(() => parse(text), /^WireError: Cannot read the text: not JSON: /)
  })
})
