import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { toSafeMessage } from './safe-message.ts'

const cases: [string, string, string][] = [
  ['leaves a plain sentence as it is', 'No engine at unix:///x', 'No engine at unix:///x'],
  ['masks the user of an address', 'GET http://a:b@c/d failed', 'GET http://********@c/d failed'],
  ['masks a named value', 'bad DD_API_KEY=0123abc, gave up', 'bad DD_API_KEY=********, gave up'],
  ['masks a value of JSON', '{"password": "a b", "n": 1}', '{"password": ********, "n": 1}'],
  ['masks a header', 'sent Authorization: Bearer abc.def', 'sent Authorization: ********'],
  ['puts all on one line', 'first\n   second\n', 'first second'],
  ['leaves words that only sound alike', 'the token of x was lost', 'the token of x was lost'],
]

describe('toSafeMessage()', () => {
  for (const [name, text, expected] of cases)
    test(name, () => assert.equal(toSafeMessage(text), expected))

  test('cuts a long text', () => {
    const cut = toSafeMessage('x'.repeat(10_000))
    assert.equal(cut.length, 500)
    assert.ok(cut.endsWith('x…'))
  })
})
