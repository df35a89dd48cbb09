import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { judgeAnswer, type Verdict } from './judge-answer.ts'
import type { PostResult } from './post.ts'

function answer(status: number, retryAfterMs?: number): PostResult {
  return {
    kind: 'answer',
    status,
    text: 'why',
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  }
}

describe('judgeAnswer()', () => {
  const cases: [string, PostResult, Verdict][] = [
    ['200', answer(200), { kind: 'taken' }],
    ['202', answer(202), { kind: 'taken' }],
    ['400', answer(400), { kind: 'refused', status: 400, reason: 'why' }],
    ['413', answer(413), { kind: 'refused', status: 413, reason: 'why' }],
    ['403', answer(403), { kind: 'retry', reason: 'it answered 403 why' }],
    ['409', answer(409), { kind: 'retry', reason: 'it answered 409 why' }],
    [
      '503 with a pause',
      answer(503, 2000),
      { kind: 'retry', reason: 'it answered 503 why', pauseMs: 2000 },
    ],
    ['none', { kind: 'failed', reason: 'reset' }, { kind: 'retry', reason: 'reset' }],
  ]
  for (const [name, result, verdict] of cases)
    test(`judges ${name}`, () => assert.deepEqual(judgeAnswer(result), verdict))
})
