import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { dogstatsdDefaults } from '../../../../test/agent/dogstatsd-settings.ts'
import type { Aggregation } from '../aggregate/aggregation.ts'
import { Counters } from '../counters.ts'
import type { WorkerStart } from '../worker-messages.ts'
import { Reception } from './reception.ts'
import { SharedFlags } from './shared-flags.ts'
import type { WorkerReport } from './worker-protocol.ts'

interface Stage {
  readonly reception: Reception
  readonly counters: Counters
  readonly clock: { nowMs: number }
  /** What was asked of the aggregation, in its order. */
  readonly asked: string[]
  readonly posted: WorkerReport[]
  /** How often `drain` says that there is more. */
  readonly state: { slices: number; isEmpty: boolean }
}

function open(settings: Partial<WorkerStart['settings']> = {}): Stage {
  const clock = { nowMs: 1_700_000_003_000 }
  const asked: string[] = []
  const posted: WorkerReport[] = []
  const state = { slices: 0, isEmpty: true }
  const aggregation: Aggregation = {
    read: (_memory, { transport, sender }) => asked.push(`read ${transport} ${sender}`),
    switchBucket: (startS) => asked.push(`switch ${startS}`),
    drain: () => {
      asked.push('drain')
      state.slices -= 1
      return state.slices > 0
    },
    takeMessages: () => [],
    tell: ({ kind }) => asked.push(`tell ${kind}`),
    get isEmpty() {
      return state.isEmpty
    },
    closeAll: (shouldIncludeOpen) => asked.push(`close ${shouldIncludeOpen}`),
  }
  const counters = new Counters()
  const reception = new Reception({
    start: {
      settings: { ...dogstatsdDefaults, ...settings },
      procRoot: '/nowhere',
      flags: SharedFlags.create(0).buffer,
      counters: counters.buffer,
    },
    createAggregation: () => aggregation,
    openCapture: () => {
      throw new Error('the disk is full')
    },
    post: (report) => posted.push(report),
    clock: () => clock.nowMs,
  })
  return { reception, counters, clock, asked, posted, state }
}

describe('Reception', () => {
  test('begins with the interval that is under way', () => {
    const { asked, reception } = open()
    assert.deepEqual(asked, ['switch 1700000000', 'drain'])
    assert.equal(reception.restMs, 7000)
  })

  test('begins an interval at each tenth second, also when nothing came', () => {
    const { asked, reception, clock } = open()
    asked.length = 0
    for (const nowMs of [9_999, 10_000, 10_001, 20_000, 51_000]) {
      clock.nowMs = 1_700_000_000_000 + nowMs
      reception.tick()
    }
    assert.deepEqual(
      asked.filter((each) => each !== 'drain'),
      ['switch 1700000010', 'switch 1700000020', 'switch 1700000050'],
    )
  })

  test('tells what is closed slice by slice, one at each tick, and does not rest until it is done', () => {
    const { asked, reception, clock, state } = open()
    asked.length = 0
    state.slices = 3
    clock.nowMs = 1_700_000_010_000
    const rests: number[] = []
    for (let i = 0; i < 4; i += 1) {
      reception.tick()
      rests.push(reception.restMs)
    }
    assert.deepEqual(asked, ['switch 1700000010', 'drain', 'drain', 'drain'])
    assert.deepEqual(rests, [0, 0, 10_000, 10_000])
  })

  test('need not be there after a minute without packets, when nothing is left', () => {
    const { reception, clock, state } = open()
    const isIdleAfter = (ms: number): boolean => {
      clock.nowMs = 1_700_000_003_000 + ms
      reception.tick()
      return reception.isIdle
    }
    assert.equal(isIdleAfter(59_999), false)
    assert.equal(isIdleAfter(60_000), true)
    state.isEmpty = false
    assert.equal(isIdleAfter(60_001), false)
    state.isEmpty = true
    reception.notePackets()
    assert.equal(isIdleAfter(60_002), false)
  })

  test('counts packets of processes that cannot be seen, where origins are looked for', () => {
    const { reception, counters } = open()
    reception.senderOf(0)
    assert.equal(counters.get('origin.unknown_process'), 0)
    const detecting = open({ origin: { ...dogstatsdDefaults.origin, isDetected: true } })
    detecting.reception.senderOf(0)
    detecting.reception.senderOf(1)
    assert.equal(detecting.counters.get('origin.unknown_process'), 1)
  })

  test('reads packets that came before it', () => {
    const { reception, asked } = open()
    asked.length = 0
    const bytes = Buffer.from('a:1|c')
    reception.take({
      kind: 'packets',
      packets: [
        { transport: 'uds', pid: 1, bytes },
        { transport: 'udp', pid: 0, bytes },
      ],
    })
    assert.deepEqual(asked, ['read uds 0', 'read udp 0'])
  })

  test('lets every tap see each packet, and says when a capture cannot begin', () => {
    const { reception, posted } = open()
    const seen: number[] = []
    reception.setForward({ packet: (_memory, _place, pid) => seen.push(pid) })
    reception.packet(new Uint8Array(16), { from: 0, to: 1, sender: 0, transport: 'uds' }, 7)
    assert.deepEqual(seen, [7])
    reception.take({ kind: 'capture', path: '/x', maxBytes: 1 })
    const fault = 'the disk is full'
    assert.deepEqual(posted, [{ kind: 'captured', packets: 0, bytes: 0, isOver: true, fault }])
  })

  for (const shouldFlushIncomplete of [true, false]) {
    test(`at the end tells ${shouldFlushIncomplete ? 'also' : 'not'} the open interval`, () => {
      const { reception, asked, posted } = open({ shouldFlushIncomplete })
      reception.finish()
      assert.equal(asked.at(-1), `close ${shouldFlushIncomplete}`)
      assert.deepEqual(posted, [{ kind: 'stopped' }])
    })
  }
})
