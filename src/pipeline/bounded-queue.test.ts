import assert from 'node:assert/strict'
import { setImmediate as turn } from 'node:timers/promises'
import { describe, test } from 'node:test'
import { within } from '../../test/agent/environment.ts'
import { BoundedQueue } from './bounded-queue.ts'

/** Long enough for a test to fail by its time limit instead. */
const long = 60_000

async function drain<T>(queue: BoundedQueue<T>): Promise<T[]> {
  return Array.fromAsync(queue)
}

/** A queue with room for as many as it holds. */
async function openFull<T>(...items: T[]): Promise<BoundedQueue<T>> {
  const queue = new BoundedQueue<T>(items.length)
  for (const item of items) assert.equal(await queue.push(item, 0), true)
  return queue
}

describe('BoundedQueue', { timeout: 60_000 }, () => {
  test('gives items in the order they came', async () => {
    const queue = await openFull(1, 2, 3)
    queue.close()
    assert.deepEqual(await drain(queue), [1, 2, 3])
  })

  test('hands an item to a reader that waited for it', async () => {
    const queue = new BoundedQueue<string>(1)
    const reading = queue[Symbol.asyncIterator]().next()
    await turn()
    await queue.push('late', 0)
    assert.deepEqual(await within(1000, reading), { done: false, value: 'late' })
  })

  test('holds the sender back until there is room', async () => {
    const queue = await openFull('first')
    let isIn = false
    const sending = queue.push('second', long).then((result) => (isIn = result))
    await turn()
    assert.equal(isIn, false)
    assert.equal(queue.length, 1)
    const reader = queue[Symbol.asyncIterator]()
    assert.equal((await reader.next()).value, 'first')
    assert.equal(await within(1000, sending), true)
    assert.equal((await reader.next()).value, 'second')
  })

  test('lets waiting senders in by turn, and nobody past them', async () => {
    const queue = await openFull('a')
    const sent = [queue.push('b', long), queue.push('c', long)]
    const reader = queue[Symbol.asyncIterator]()
    const first = reader.next()
    // The room that the reader makes belongs to `b`; a new sender goes behind `c`.
    sent.push(queue.push('d', long))
    const seen = [(await first).value]
    for (let i = 0; i < 3; i += 1) seen.push((await reader.next()).value)
    assert.deepEqual(seen, ['a', 'b', 'c', 'd'])
    assert.deepEqual(await Promise.all(sent), [true, true, true])
  })

  test('turns a sender away when its patience is over, and keeps the item out', async () => {
    const queue = await openFull('kept')
    const before = performance.now()
    assert.equal(await queue.push('refused', 30), false)
    assert.ok(performance.now() - before >= 25)
    queue.close()
    assert.deepEqual(await drain(queue), ['kept'])
  })

  test('gives what it holds after it was closed, then the end', async () => {
    const queue = await openFull(1, 2)
    queue.close()
    assert.equal(await queue.push(3, long), false)
    assert.deepEqual(await drain(queue), [1, 2])
  })

  test('wakes who waits when it is closed', async () => {
    const empty = new BoundedQueue<string>(1)
    const readings = [empty[Symbol.asyncIterator]().next(), empty[Symbol.asyncIterator]().next()]
    const full = await openFull('kept')
    const sendings = [full.push('b', long), full.push('c', long)]
    await turn()
    empty.close()
    full.close()
    const end = { done: true, value: undefined }
    assert.deepEqual(await within(1000, Promise.all(readings)), [end, end])
    assert.deepEqual(await within(1000, Promise.all(sendings)), [false, false])
    assert.deepEqual(await drain(full), ['kept'])
  })

  test('passes everything on between many senders and two readers', async () => {
    const queue = new BoundedQueue<number>(3)
    const numbers = Array.from({ length: 500 }, (_one, at) => at)
    const sending = Promise.all(numbers.map((number) => queue.push(number, long)))
    const reading = Promise.all([drain(queue), drain(queue)])
    assert.ok((await sending).every(Boolean))
    queue.close()
    const seen = (await within(5000, reading)).flat()
    assert.deepEqual(
      seen.toSorted((a, b) => a - b),
      numbers,
    )
  })
})
