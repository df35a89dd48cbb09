import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { findLateComers, type NameClaim } from './name-claims.ts'

/** An agent from its first to its last report, in seconds. */
function claim(agentId: string, firstS: number, lastS: number): NameClaim {
  return { agentId, firstAtMs: firstS * 1000, lastAtMs: lastS * 1000 }
}

describe('findLateComers()', () => {
  for (const [what, claims, expected] of [
    ['nobody', [], []],
    ['one agent alone', [claim('a', 0, 100)], []],
    ['an agent in place of one that has stopped', [claim('a', 0, 10), claim('b', 11, 100)], []],
    [
      'one that began before the other had quite stopped',
      [claim('a', 0, 13), claim('b', 10, 100)],
      [],
    ],
    ['one of which only the first report has come', [claim('a', 0, 10), claim('b', 10, 10)], []],
    ['two that both go on', [claim('a', 0, 100), claim('b', 10, 100)], ['b']],
    [
      'two, of which the first has just reported again',
      [claim('a', 0, 14), claim('b', 10, 13)],
      ['b'],
    ],
    ['three that go on', [claim('a', 0, 100), claim('b', 10, 99), claim('c', 20, 98)], ['b', 'c']],
    [
      'three, the second in place of the first',
      [claim('a', 0, 9), claim('b', 10, 100), claim('c', 20, 100)],
      ['c'],
    ],
    [
      'a row of agents, each in place of the one before',
      [claim('a', 0, 10), claim('b', 10, 20), claim('c', 20, 30)],
      [],
    ],
  ] as const) {
    test(`finds ${expected.join(' and ') || 'none'} among ${what}`, () => {
      assert.deepEqual(findLateComers(claims), expected)
    })
  }
})
