import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { within } from '../../../../test/agent/environment.ts'
import { name, ReadFile, setUp } from '../../../../test/agent/gatherer-stage.ts'

describe('an account of the gatherer', () => {
  test('is closed once all it handed over is settled, and has a last ledger', async (t) => {
    const { receiver, gatherer, wait } = await setUp(t)
    const file = new ReadFile(gatherer, name)
    file.read('one')
    const closed = file.account.close()
    wait()
    await turn()
    assert.equal(gatherer.ledgers(1)[0]?.waitingLines, 1)
    receiver.at(0).settle('stored')
    await within(1000, closed)
    assert.deepEqual(
      gatherer.ledgers(2).map(({ sentLines, waitingLines }) => [sentLines, waitingLines]),
      [[1, 0]],
    )
    assert.deepEqual(gatherer.ledgers(3), [])
  })

  for (const [pointer, kept] of [
    ['keep', 10],
    ['forget', undefined],
  ] as const) {
    test(`has then the pointer ${kept} when that is to ${pointer}`, async (t) => {
      const stage = await setUp(t)
      const file = new ReadFile(stage.gatherer, name)
      file.read('one')
      const closed = file.account.close(pointer)
      stage.wait()
      stage.receiver.at(0).settle('stored')
      await within(1000, closed)
      assert.equal(stage.pointer(), kept)
    })
  }

  test('keeps its pointer when it is opened again before the one before is settled', async (t) => {
    const { receiver, gatherer, wait, pointer } = await setUp(t)
    const file = new ReadFile(gatherer, name)
    file.read('one')
    wait()
    const closed = file.account.close('forget')
    wait()
    const again = new ReadFile(gatherer, name)
    receiver.at(0).settle('stored')
    await within(1000, closed)
    assert.equal(pointer(), 10)
    again.read('one', 'two')
    wait()
    receiver.at(1).settle('stored')
    await turn()
    assert.equal(pointer(), 20)
  })

  test('is told to end when the gatherer closes', async (t) => {
    const { gatherer } = await setUp(t)
    const file = new ReadFile(gatherer, name)
    file.read('one')
    const closed = file.account.close()
    await gatherer.close(AbortSignal.abort())
    await within(1000, closed)
  })
})
