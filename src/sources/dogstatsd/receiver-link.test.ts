import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Receiver } from './receive/receiver.ts'
import { ReceiverLink } from './receiver-link.ts'
import type { FromWorker, ToWorker } from './worker-messages.ts'

const stats: ToWorker = { kind: 'stats', question: 1 }
const ready: FromWorker = { kind: 'ready' }

function open(): {
  link: ReceiverLink
  receiver: Receiver
  told: ToWorker[]
  state: { isAwake: boolean }
} {
  const told: ToWorker[] = []
  const state = { isAwake: false }
  const receiver: Receiver = {
    tell: (message) => told.push(message),
    describe: () => {
      const { isAwake } = state
      return { way: 'recvmmsg', reason: '', sockets: [], warnings: [], isAwake }
    },
    stop: async () => {},
  }
  return { link: new ReceiverLink(), receiver, told, state }
}

describe('ReceiverLink', () => {
  test('keeps what is to be told until the worker can be reached', () => {
    const { link, receiver, told } = open()
    link.tell(stats)
    link.attach(receiver)
    link.tell({ kind: 'end-capture' })
    assert.deepEqual(told, [stats, { kind: 'end-capture' }])
  })

  test('passes on what the worker tells to those who listen', () => {
    const { link, receiver, state } = open()
    link.attach(receiver)
    assert.equal(link.running(), undefined)
    state.isAwake = true
    const heard: FromWorker[] = []
    const end = link.running()?.onReport((report) => heard.push(report))
    link.take(ready)
    end?.()
    link.take(ready)
    assert.deepEqual(heard, [ready])
  })

  for (const report of [{ kind: 'stopped' }, { kind: 'failed', message: 'x' }] as const) {
    test(`says that the worker has ${report.kind}, to those who had that one`, async () => {
      const { link, receiver } = open()
      link.attach(receiver)
      const before = await link.hold()
      link.take(ready)
      assert.equal(before.ended.aborted, false)
      link.take(report)
      const after = await link.hold()
      assert.deepEqual([before.ended.aborted, after.ended.aborted], [true, false])
    })
  }
})
