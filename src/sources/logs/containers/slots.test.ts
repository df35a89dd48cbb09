import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Slots } from './slots.ts'

const { signal } = new AbortController()

describe('Slots', () => {
  test('lets so many in, and the others in their order when one leaves', async () => {
    const slots = new Slots(1)
    const order: string[] = []
    const leave = await slots.take(signal)
    const others = ['a', 'b'].map(async (name) => {
      const leaveToo = await slots.take(signal)
      order.push(name)
      leaveToo()
    })
    assert.equal(slots.waiting, 2)
    leave()
    await Promise.all(others)
    assert.deepEqual(order, ['a', 'b'])
    assert.equal(slots.waiting, 0)
  })

  test('passes over one that gave up', async () => {
    const slots = new Slots(1)
    const leave = await slots.take(signal)
    const stop = new AbortController()
    const given = slots.take(stop.signal)
    const next = slots.take(signal)
    stop.abort(new Error('enough'))
    await assert.rejects(given, { message: 'enough' })
    leave()
    await next
    await assert.rejects(slots.take(stop.signal), { message: 'enough' })
  })
})
