import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readGoPattern } from './go-pattern.ts'

describe('readGoPattern()', () => {
  const cases: readonly (readonly [pattern: string, found: string, missed: string])[] = [
    ['nginx', 'my-nginx:1', 'ngin'],
    ['(?i)NGINX', 'nginx', 'x'],
    ['(?is)a.b', 'A\nB', 'ab'],
    ['\\Aweb\\z', 'web', 'web\n'],
    ['(?P<what>a|b)$', 'xb', 'bx'],
    ['\\Qa.b\\E+', 'a.bb', 'axb'],
    ['^[[:alpha:]_-]+$', 'a_-', 'a1'],
    ['^[^[:digit:]]$', 'a', '1'],
    ['gcr\\.io(.*)/pause', 'gcr.io/x/pause', 'gcrxio/pause'],
    ['a{', 'a{', 'a'],
  ]
  for (const [pattern, found, missed] of cases)
    test(`reads ${pattern}`, () => {
      const read = readGoPattern(pattern)
      assert.ok(read.kind === 'pattern')
      assert.deepEqual([read.pattern.test(found), read.pattern.test(missed)], [true, false])
    })

  const faults: readonly (readonly [pattern: string, message: string])[] = [
    ['a(', 'unterminated group'],
    ['[a', 'unterminated character class'],
    ['*', 'nothing to repeat, write .* for any text'],
    ['(?U)a', 'of the flags in (?U) only i, m and s are known'],
    ['a(?i)b', 'invalid group'],
  ]
  for (const [pattern, message] of faults)
    test(`refuses ${pattern}`, () =>
      assert.deepEqual(readGoPattern(pattern), { kind: 'fault', message }))
})
