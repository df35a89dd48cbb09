import assert from 'node:assert/strict'
import { describe, mock, test } from 'node:test'
import { shareAnswers } from './share-answers.ts'

describe('shareAnswers()', () => {
  test('asks equal questions within the time once, then again', async (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] })
    const ask = mock.fn(async ({ from }: { from: number }) => from * 2)
    const shared = shareAnswers(ask, 1000)
    assert.deepEqual(await Promise.all([1, 1, 2].map((from) => shared({ from }))), [2, 2, 4])
    assert.equal(await shared({ from: 1 }), 2)
    assert.equal(ask.mock.callCount(), 2)
    context.mock.timers.tick(1000)
    assert.equal(await shared({ from: 1 }), 2)
    assert.equal(ask.mock.callCount(), 3)
  })

  test('keeps no failure', async () => {
    let isDown = true
    const shared = shareAnswers(async () => {
      if (isDown) throw new Error('down')
      return 'well'
    }, 1000)
    await assert.rejects(shared({}), /down/)
    isDown = false
    assert.equal(await shared({}), 'well')
  })

  test('keeps a limited number of answers', async () => {
    const ask = mock.fn(async (n: number) => n)
    const shared = shareAnswers(ask, 1000)
    for (const n of Array.from({ length: 17 }).keys()) await shared(n)
    await shared(16)
    await shared(15)
    assert.equal(ask.mock.callCount(), 18)
  })
})
