import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Counters } from './counters.ts'
import { LostItems } from './lost-items.ts'

describe('LostItems', () => {
  test('tells what was lost since the start and since the last time, by reason', () => {
    const counters = new Counters()
    const lost = new LostItems(counters)
    assert.deepEqual(lost.take(), [])
    counters.add('dropped.contexts_full', 5)
    counters.add('udp.kernel_drops', 2)
    assert.deepEqual(lost.take(), [
      { reason: 'contexts_full', total: 5, added: 5 },
      { reason: 'udp_kernel', total: 2, added: 2 },
    ])
    counters.add('dropped.contexts_full', 3)
    assert.deepEqual(lost.take(), [
      { reason: 'contexts_full', total: 8, added: 3 },
      { reason: 'udp_kernel', total: 2, added: 0 },
    ])
  })

  test('counts what was lost behind the receiver too', () => {
    const lost = new LostItems(new Counters())
    lost.add('outbox_full', 2)
    lost.add('outbox_full', 1)
    assert.deepEqual(lost.take(), [{ reason: 'outbox_full', total: 3, added: 3 }])
    assert.equal(lost.take()[0]?.added, 0)
  })

  test('does not count what was refused on purpose, or was only copied in vain', () => {
    const counters = new Counters()
    counters.add('dropped.blocklist', 5)
    counters.add('forward.failed', 5)
    counters.add('origin.unknown_process', 5)
    assert.deepEqual(new LostItems(counters).take(), [])
  })
})
