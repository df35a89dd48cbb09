import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { makeBlock } from '../../test/agent/log-blocks.ts'
import type { LogVerdict } from '../component/log-delivery.ts'
import type { LogOutlet } from '../component/sink.ts'
import { deliverLogs, type LogDeliveries } from './deliver-logs.ts'

/** An outlet whose block is settled by hand. */
function makeOutlet(bytes: number, decides = false): LogOutlet & PromiseWithResolvers<LogVerdict> {
  const settling = Promise.withResolvers<LogVerdict>()
  return {
    ...settling,
    decides,
    ship: () => ({ packed: Promise.resolve(bytes), settled: settling.promise }),
    close() {},
  }
}

const block = makeBlock(['a'])

/** @param leftOut Lines that were left out, with the name of the outlet: its place. */
function deliver(outlets: readonly LogOutlet[], leftOut: unknown[] = []): LogDeliveries {
  return deliverLogs(
    outlets.map((outlet, at) => ({ sink: `sink-${at}`, outlet })),
    { maxBytes: 5, onLeftOut: (...what) => leftOut.push(what) },
  )
}

describe('deliverLogs()', () => {
  test('settles once the last outlet has', async () => {
    const [left, right] = [makeOutlet(3), makeOutlet(4)]
    const delivery = deliver([left, right])
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
    const { settled } = deliver(outlets).ship(block)
    for (const { resolve } of outlets) resolve('refused')
    assert.equal(await settled, 'refused')
  })

  test('rejects when one outlet gives up, and is then not under way', async () => {
    const outlets = [makeOutlet(3), makeOutlet(4)]
    const delivery = deliver(outlets)
    const { settled } = delivery.ship(block)
    outlets[1]?.reject(new Error('the agent stops'))
    await assert.rejects(settled, /the agent stops/)
    assert.equal(delivery.isUnderWay(), false)
  })

  test('settles once the outlet that decides has, however slow another is', async () => {
    const [slow, server] = [makeOutlet(3), makeOutlet(4, true)]
    const { packed, settled } = deliver([slow, server]).ship(block)
    assert.equal(await packed, 4)
    server.resolve('stored')
    assert.equal(await settled, 'stored')
  })

  test('leaves blocks out where too much waits, and goes on once it is taken', async () => {
    const [slow, server] = [makeOutlet(3), makeOutlet(4, true)]
    server.resolve('stored')
    const leftOut: unknown[] = []
    const delivery = deliver([slow, server], leftOut)
    for (let n = 0; n < 3; n += 1) await delivery.ship(block).packed
    assert.deepEqual(leftOut, [['sink-0', 1]])
    slow.resolve('refused')
    await slow.promise
    await delivery.ship(block).packed
    assert.equal(leftOut.length, 1)
  })

  test('lets a follower give up without harm', async () => {
    const [gone, server] = [makeOutlet(3), makeOutlet(4, true)]
    const { settled } = deliver([gone, server]).ship(block)
    gone.reject(new Error('the agent stops'))
    server.resolve('stored')
    assert.equal(await settled, 'stored')
  })

  test('settles nothing where nobody takes it', async () => {
    const delivery = deliver([])
    assert.equal(delivery.hasReceiver, false)
    delivery.ship(block)
    await turn()
    assert.equal(delivery.isUnderWay(), true)
  })
})
