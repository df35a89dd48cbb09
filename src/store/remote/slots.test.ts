import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { StoreClosedError } from '../store-errors.ts'
import { StoreBusyError } from '../store.ts'
import { Slots } from './slots.ts'

describe('Slots', () => {
  test('lets one after the other in, first come first served', async () => {
    const slots = new Slots({ running: 1, waiting: 2 })
    const order: string[] = []
    const release = await slots.take()
    const enter = async (name: string): Promise<void> => {
      const leave = await slots.take()
      order.push(name)
      leave()
    }
    const first = enter('first')
    const second = enter('second')
    assert.deepEqual(order, [])
    release()
    release()
    await Promise.all([first, second])
    assert.deepEqual(order, ['first', 'second'])
  })

  test('does not let two in for one that was called over twice', async () => {
    const slots = new Slots({ running: 1, waiting: 0 })
    const release = await slots.take()
    release()
    release()
    await slots.take()
    await assert.rejects(slots.take(), StoreBusyError)
  })

  test('refuses those that wait when it closes', async () => {
    const slots = new Slots({ running: 1, waiting: 1 })
    await slots.take()
    const waiting = slots.take()
    slots.close()
    await assert.rejects(waiting, StoreClosedError)
    await assert.rejects(slots.take(), StoreClosedError)
  })
})
