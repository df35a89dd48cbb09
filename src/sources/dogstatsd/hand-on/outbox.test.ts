import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { makePoint } from '../../../../test/agent/points.ts'
import type { Batch, Item } from '../../../model/item.ts'
import { Outbox } from './outbox.ts'

interface Stage {
  readonly outbox: Outbox
  readonly batches: Batch[]
  /** Lets the pipeline take what it holds. */
  readonly makeRoom: () => Promise<void>
  readonly dropped: () => number
}

/** A pipeline that takes one batch and then has no room. */
function open(maxWaiting: number): Stage {
  const batches: Batch[] = []
  let dropped = 0
  let go: () => void = () => {}
  const outbox = new Outbox({
    emit: (batch) => {
      batches.push(batch)
      return new Promise((resolve) => {
        go = resolve
      })
    },
    maxWaiting,
    onDropped: (count) => (dropped += count),
  })
  return {
    outbox,
    batches,
    async makeRoom() {
      go()
      await nextTurn()
    },
    dropped: () => dropped,
  }
}

function items(count: number): readonly Item[] {
  return Array.from({ length: count }, (_, at) => makePoint(at))
}

describe('Outbox', () => {
  test('sends by itself only what fills a batch', async () => {
    const { outbox, batches } = open(100_000)
    for (const item of items(4999)) outbox.add(item)
    outbox.sendFull()
    assert.equal(batches.length, 0)
    outbox.add(makePoint(1))
    outbox.sendFull()
    assert.equal(batches[0]?.length, 5000)
  })

  test('keeps the order, and does not send the next batch before there is room', async () => {
    const { outbox, batches, makeRoom } = open(100_000)
    const all = items(12_000)
    for (const item of all.slice(0, 11_000)) outbox.add(item)
    outbox.send()
    outbox.send()
    await nextTurn()
    assert.equal(batches.length, 1)
    for (const item of all.slice(11_000)) outbox.add(item)
    const flushed = outbox.flush()
    for (let left = 0; left < 3; left += 1) await makeRoom()
    await flushed
    assert.deepEqual(
      batches.map((batch) => batch.length),
      [5000, 5000, 2000],
    )
    assert.deepEqual(batches.flat(), all)
  })

  test('drops what finds no room, and counts it', async () => {
    const { outbox, batches, makeRoom, dropped } = open(10)
    outbox.add(makePoint(0))
    outbox.send()
    for (const item of items(12)) outbox.add(item)
    assert.equal(dropped(), 2)
    await makeRoom()
    assert.equal(batches[1]?.length, 10)
  })

  test('says what the pipeline threw', async () => {
    const emit = (): Promise<void> => Promise.reject(new Error('no more room'))
    const outbox = new Outbox({ emit, maxWaiting: 10, onDropped: () => {} })
    outbox.add(makePoint(0))
    await assert.rejects(outbox.flush(), /no more room/)
  })

  test('has nothing to send at first', async () => {
    const { outbox, batches } = open(10)
    await outbox.flush()
    assert.deepEqual(batches, [])
  })
})
