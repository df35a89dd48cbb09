import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { pointTiers } from '../../store/rollups/point-tiers.ts'
import type { ReadClient } from '../scope/read-client.ts'
import { openPast, type PastQuestions } from './open-past.ts'

const nowS = 1_790_000_000
const time = { seconds: 0, stepS: 1, nowS, agents: [] }
const team = [{ key: 'team', patterns: ['shop'], isNegated: false }]

/** Questions over a store that fails, but only once it is told to, and the count of what it was asked. */
function openFailing(): { past: PastQuestions; asked: () => number; fail: () => void } {
  const { promise, reject } = Promise.withResolvers<never>()
  let count = 0
  const wait = (): Promise<never> => {
    count += 1
    return promise
  }
  const read: ReadClient = { query: wait, exec: wait }
  const tiers = pointTiers.map((tier) => ({ ...tier, keptFromMs: 0, completeToMs: Infinity }))
  return {
    past: openPast({ read, tiers: () => tiers }),
    asked: () => count,
    fail: () => reject(new Error('no store')),
  }
}

describe('openPast()', () => {
  test('answers those who ask the same at the same moment with one question', async () => {
    const { past, asked, fail } = openFailing()
    const answers = [1, 2, 3].map(() => past.ask({ ...time, atS: nowS - 60 }))
    const narrowed = past.within(team)({ ...time, atS: nowS - 60 })
    assert.equal(new Set(answers).size, 1)
    await nextTurn()
    assert.equal(asked(), 2)
    fail()
    for (const answer of [...answers, narrowed])
      await assert.rejects(answer, { kind: 'failed', message: /the store could not answer/ })
  })

  test('works on two questions at a time, lets some wait, and refuses more', async () => {
    const { past, asked, fail } = openFailing()
    const answers = Array.from({ length: 66 }, (_, age) => past.ask({ ...time, atS: nowS - age }))
    await nextTurn()
    assert.equal(asked(), 2)
    await assert.rejects(past.ask({ ...time, atS: nowS - 100 }), { kind: 'busy' })
    fail()
    const ends = await Promise.allSettled(answers)
    assert.ok(ends.every(({ status }) => status === 'rejected'))
    assert.equal(asked(), 66)
  })
})
