import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { within } from '../../../test/agent/environment.ts'
import { PayloadQueue, type Payload } from './payload-queue.ts'

function payload(sizeBytes: number): Payload {
  return { route: '/', contentType: 'text/plain', body: Buffer.alloc(sizeBytes), count: 1 }
}

/** A queue for 100 bytes with payloads of these sizes in it. */
function openWith(...sizes: readonly number[]): { queue: PayloadQueue; all: readonly Payload[] } {
  const queue = new PayloadQueue(100)
  const all = sizes.map((size) => payload(size))
  for (const one of all) assert.deepEqual(queue.push(one), [])
  return { queue, all }
}

/** What is taken one after the other until nothing waits any more. */
function takeRest(queue: PayloadQueue): readonly Payload[] {
  const taken: Payload[] = []
  for (let next = queue.takeNext(); next !== undefined; next = queue.takeNext()) taken.push(next)
  return taken
}

describe('PayloadQueue', () => {
  test('gives payloads in the order they came, each once', () => {
    const { queue, all } = openWith(10, 20, 30)
    assert.deepEqual(takeRest(queue), all)
  })

  test('knows the size of all that is not taken by the server yet', () => {
    const { queue, all } = openWith(10, 20)
    const first = queue.takeNext()
    assert.equal(queue.sizeBytes, 30)
    assert.equal(first, all[0])
    queue.remove(first ?? payload(0))
    assert.equal(queue.sizeBytes, 20)
  })

  test('gives a payload that did not arrive again, before all that came after it', () => {
    const { queue, all } = openWith(10, 20, 30)
    const first = queue.takeNext() ?? payload(0)
    const second = queue.takeNext() ?? payload(0)
    queue.putBack(second)
    queue.putBack(first)
    assert.deepEqual(takeRest(queue), all)
  })

  test('lets the oldest give way, as many as it takes', () => {
    const { queue, all } = openWith(40, 30, 30)
    const big = payload(60)
    assert.deepEqual(queue.push(big), all.slice(0, 2))
    assert.equal(queue.sizeBytes, 90)
    assert.deepEqual(takeRest(queue), [all[2], big])
  })

  test('does not let a payload give way that is on its way', () => {
    const { queue, all } = openWith(40, 30, 30)
    assert.equal(queue.takeNext(), all[0])
    assert.deepEqual(queue.push(payload(20)), [all[1]])
  })

  test('keeps a payload that is larger than all its room, alone', () => {
    const { queue, all } = openWith(10)
    const huge = payload(500)
    assert.deepEqual(queue.push(huge), all)
    assert.deepEqual(queue.push(payload(1)), [huge])
    assert.equal(queue.sizeBytes, 1)
  })

  test('does nothing when a payload is removed that is gone', () => {
    const { queue, all } = openWith(60)
    const [gone = payload(0)] = all
    queue.push(payload(50))
    queue.remove(gone)
    queue.putBack(gone)
    assert.equal(queue.sizeBytes, 50)
    assert.equal(takeRest(queue).length, 1)
  })

  test('wakes who waits for the next push', async () => {
    const { queue } = openWith()
    const pushed = queue.nextPush()
    queue.push(payload(1))
    await within(1000, pushed)
    const interrupted = queue.nextPush()
    queue.interrupt()
    await within(1000, interrupted)
  })

  test('gives all it has, what is on its way too, and is empty', () => {
    const { queue, all } = openWith(1, 2)
    queue.takeNext()
    assert.deepEqual(queue.takeAll(), all)
    assert.deepEqual([queue.takeNext(), queue.sizeBytes], [undefined, 0])
  })
})
