import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { decodeKeys, decodeRest } from './keys.ts'

const cases: readonly (readonly [sent: string, keys: readonly string[], rest: string])[] = [
  ['aé日', ['a', 'é', '日'], ''],
  ['\u001B[A\u001BOB\u001B[6~', ['up', 'down', 'pageDown'], ''],
  ['\r\u0003\u007F', ['enter', 'ctrl-c', 'backspace'], ''],
  ['x\u001B', ['x'], '\u001B'],
  ['\u001B[1', [], '\u001B[1'],
  ['\u001B[1;5C\u001B[200~p', ['p'], ''],
  ['\u0001\u009B', [], ''],
]

describe('decodeKeys()', () => {
  for (const [sent, keys, rest] of cases) {
    test(`of ${JSON.stringify(sent)}`, () => assert.deepEqual(decodeKeys(sent), { keys, rest }))
  }

  test('takes a sequence that never ends for Escape', () => {
    assert.deepEqual(decodeRest('\u001B'), ['escape'])
    assert.deepEqual(decodeRest(''), [])
  })
})
