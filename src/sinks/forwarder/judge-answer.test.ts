import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { judgeAnswer } from './judge-answer.ts'
import type { PostResult } from './post/create-poster.ts'

function answer(status: number, retryAfterMs?: number): PostResult {
  const rest = retryAfterMs === undefined ? {} : { retryAfterMs }
  return { kind: 'answer', status, text: 'why', headers: {}, ...rest }
}

describe('judgeAnswer()', () => {
  for (const status of [200, 202, 204]) {
    test(`takes ${status} for a delivery`, () => {
      assert.deepEqual(judgeAnswer(answer(status)), { kind: 'taken' })
    })
  }

  for (const status of [400, 413, 415, 422]) {
    test(`takes ${status} for a refusal for good`, () => {
      assert.deepEqual(judgeAnswer(answer(status)), { kind: 'refused', status, reason: 'why' })
    })
  }

  const cases: [
    status: number,
    scope: string,
    isRefusal: boolean,
    isServerError: boolean,
    advice: string,
  ][] = [
    [301, 'route', true, false, ''],
    [401, 'destination', true, false, '; check its API key'],
    [403, 'destination', true, false, '; check its API key'],
    [404, 'route', true, false, '; check its address'],
    [407, 'destination', true, false, '; check user and password of the proxy'],
    [408, 'destination', false, false, ''],
    [409, 'route', true, false, ''],
    [429, 'destination', false, false, ''],
    [500, 'route', false, true, ''],
    [502, 'destination', false, true, ''],
    [503, 'destination', false, true, ''],
  ]
  for (const [status, scope, isRefusal, isServerError, advice] of cases) {
    test(`has what is answered by ${status} sent again`, () => {
      assert.deepEqual(judgeAnswer(answer(status)), {
        kind: 'retry',
        reason: `it answered ${status} why${advice}`,
        scope,
        isRefusal,
        isServerError,
        answer: { status, text: 'why' },
      })
    })
  }

  test('tells for how long it was asked to wait', () => {
    const verdict = judgeAnswer(answer(429, 3000))
    assert.equal(verdict.kind === 'retry' && verdict.pauseMs, 3000)
  })

  test('takes no answer for a trouble of the whole destination', () => {
    assert.deepEqual(judgeAnswer({ kind: 'failed', reason: 'it is away' }), {
      kind: 'retry',
      reason: 'it is away',
      scope: 'destination',
      isRefusal: false,
      isServerError: false,
    })
  })
})
