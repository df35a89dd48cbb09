import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { makeBlock } from '../../test/agent/log-blocks.ts'
import type { LogVerdict } from '../component/log-delivery.ts'
import type { LogOutlet } from '../component/sink.ts'
import { deliverLogs } from './deliver-logs.ts'

/** An outlet whose block is settled by hand. */
function makeOutlet(bytes: number): LogOutlet & PromiseWithResolvers<LogVerdict> {
  const settling = Promise.withResolvers<LogVerdict>()
  return {
    ...settling,
    ship: () => ({ packed: Promise.resolve(bytes), settled: settling.promise }),
    close() {},
  }
}

const block = makeBlock(['a'])

describe('deliverLogs()', () => {
  test('settles once the last outlet has', async () => {
    const [left, right] = [makeOutlet(3), makeOutlet(4)]
    const delivery = deliverLogs([left, right])
    const { packed, settled } = delivery.ship(block)
    const settledNow = (): Promise<unknown> => Promise.race([settled, turn('not yet')])
    assert.equal(await packed, 7)
    right.resolve('stored')
    assert.equal(await settledNow(), 'not yet')
    assert.equal(delivery.isUnderWay(), true)
    left.resolve('refused')
    assert.equal(await settledNow(), 'stored')
    assert.equal(delivery.isUnderWay(), false)
  })

  test('refuses what all outlets refuse', async () => {
    const outlets = [makeOutlet(3), makeOutlet(4)]
    const { settled } = deliverLogs(outlets).ship(block)
    for (const { resolve } of outlets) resolve('refused')
    assert.equal(await settled, 'refused')
  })

  test('rejects when one outlet gives up, and is then not under way', async () => {
    const outlets = [makeOutlet(3), makeOutlet(4)]
    const delivery = deliverLogs(outlets)
    const { settled } = delivery.ship(block)
    outlets[1]?.reject(new Error('the agent stops'))
    await assert.rejects(settled, /the agent stops/)
    assert.equal(delivery.isUnderWay(), false)
  })

  test('settles nothing where nobody takes it', async () => {
    const delivery = deliverLogs([])
    assert.equal(delivery.hasReceiver, false)
    delivery.ship(block)
    await turn()
    assert.equal(delivery.isUnderWay(), true)
  })
})
