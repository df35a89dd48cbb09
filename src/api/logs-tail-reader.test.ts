import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { afterEach, beforeEach, describe, mock, test } from 'node:test'
import { QuestionError } from '../query/question-error.ts'
import { TailReader } from './logs-tail-reader.ts'

/** A connection whose other end reads only when told to. */
class SlowConnection extends Writable {
  readonly sent: string[] = []
  #next: (() => void) | undefined

  override _write(chunk: Buffer, _encoding: string, next: () => void): void {
    this.sent.push(chunk.toString())
    this.#next = next
  }

  read(): void {
    const next = this.#next
    this.#next = undefined
    next?.()
  }
}

describe('TailReader', () => {
  const news = { lines: [], skipped: 0 }
  let connection: SlowConnection
  let reader: TailReader
  let wakes = 0
  let isGone = false
  let takenMs = 5

  beforeEach(() => {
    mock.timers.enable({ apis: ['Date'], now: 1_790_000_000_000 })
    connection = new SlowConnection({ highWaterMark: 100 })
    reader = new TailReader({ frameOf: () => Buffer.alloc(600, 'x'), waitingBytes: 1000 })
    wakes = 0
    isGone = false
    takenMs = 5
    const place = { takenMs: () => takenMs, wake: () => void (wakes += 1), close: () => {} }
    assert.equal(reader.isReady(), false)
    reader.start(connection, place, () => {
      isGone = true
    })
  })
  afterEach(() => {
    mock.timers.reset()
    connection.destroy()
  })

  test('begins with its place and asks for what is there', () => {
    assert.deepEqual(connection.sent, ['retry: 1000\nid: 5\n\n'])
    assert.equal(wakes, 1)
    assert.equal(reader.isReady(), true)
  })

  test('is not ready while too much waits, and asks again when it has caught up', async () => {
    reader.take(news, 6)
    assert.equal(reader.isReady(), true)
    reader.take(news, 7)
    assert.equal(reader.isReady(), false)
    const drained = new Promise((resolve) => connection.once('drain', resolve))
    while (connection.writableLength > 0) {
      connection.read()
      await new Promise(setImmediate)
    }
    await drained
    assert.equal(reader.isReady(), true)
    assert.equal(wakes, 2)
  })

  test('tells its place now and then', async () => {
    connection.read()
    await new Promise(setImmediate)
    takenMs = 9
    reader.keepAlive()
    assert.equal(connection.sent.at(-1), 'id: 9\n\n')
  })

  test('is cut off when it has taken nothing for half a minute', async () => {
    reader.take(news, 6)
    reader.take(news, 7)
    mock.timers.tick(29_000)
    reader.keepAlive()
    assert.equal(connection.destroyed, false)
    mock.timers.tick(2000)
    const closed = new Promise((resolve) => connection.once('close', resolve))
    reader.keepAlive()
    await closed
    assert.ok(isGone)
  })

  test('ends with the sentence of a fault', async () => {
    reader.fail(new QuestionError('too-large', 'Cannot search the logs: too much'))
    connection.read()
    await new Promise(setImmediate)
    assert.equal(
      connection.sent.at(-1),
      'event: fault\ndata: {"errors":["Cannot search the logs: too much"]}\n\n',
    )
  })
})
