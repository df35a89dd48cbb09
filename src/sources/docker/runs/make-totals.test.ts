import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeEngineEvent } from '../../../../test/agent/engine-event.ts'
import { makeLife, makeReading, stageStartMs } from '../../../../test/agent/run-stage.ts'
import { makeTotals } from './make-totals.ts'
import type { EndedRun } from './run.ts'

const subject = { name: 'web', image: 'busybox', tags: ['container_name:web'] }

/** Ran from second 4 to second 9. */
function makeRun(change: Partial<EndedRun> = {}): EndedRun {
  return {
    containerId: 'a',
    startedAtMs: stageStartMs + 4000,
    isFromList: false,
    noticedAtMs: 4000,
    mention: makeEngineEvent('die'),
    wasOomKilled: false,
    finishedAtMs: stageStartMs + 9000,
    exitCode: 0,
    wasSeen: true,
    endNoticedAtMs: 9000,
    reading: undefined,
    life: undefined,
    ...change,
  }
}

const make = (change: Partial<EndedRun>): ReturnType<typeof makeTotals> =>
  makeTotals(makeRun(change), subject, { host: 'box-1', hostCpuCount: 4 })

describe('makeTotals()', () => {
  test('leaves out what went through a network that is not its own', () => {
    const life = { ...makeLife(9), receivedBytes: 5, sentBytes: 6 }
    const borrowing = { ...subject, isNetworkBorrowed: true }
    const totals = makeTotals(makeRun({ life }), borrowing, { host: 'box-1', hostCpuCount: 4 })
    assert.deepEqual([totals.receivedBytes, totals.sentBytes], [undefined, undefined])
    assert.equal(totals.cpuNanos, life.cpuNanos)
  })

  test('has every figure of the life, and those it lacks from the last reading', () => {
    const reading = {
      ...makeReading(8.5, { cpuNanos: 90_000_000, cpuUserNanos: 1 }, { memoryPeakBytes: 9000 }),
      interfaces: ['eth0', 'eth1'].map((name) => ({
        name,
        receivedBytes: 10,
        sentBytes: 20,
        receivedPackets: 1,
        sentPackets: 1,
        receiveErrors: 0,
        sendErrors: 0,
        receiveDrops: 0,
        sendDrops: 0,
      })),
    }
    assert.deepEqual(make({ life: makeLife(9), reading }), {
      kind: 'container-totals',
      host: 'box-1',
      containerId: 'a',
      ...subject,
      startedAtMs: stageStartMs + 4000,
      finishedAtMs: stageStartMs + 9000,
      exitCode: 0,
      wasOomKilled: false,
      cpuNanos: 100_000_000,
      cpuUserNanos: 60_000_000,
      cpuSystemNanos: 40_000_000,
      throttledNanos: 0,
      memoryPeakBytes: 4096,
      readBytes: 1,
      writtenBytes: 2,
      receivedBytes: 20,
      sentBytes: 40,
      method: 'last_reading',
      isExact: true,
      reason: '',
    })
  })

  test('adds up all devices of a last reading, and has nothing that was not read', () => {
    const device = {
      device: '8:0',
      readBytes: 3,
      writtenBytes: 4,
      readOperations: 1,
      writeOperations: 1,
    }
    const totals = make({ reading: makeReading(8.5, { devices: [device, device] }) })
    const { readBytes, writtenBytes, method, isExact } = totals
    assert.deepEqual([readBytes, writtenBytes, method, isExact], [6, 8, 'none', false])
    for (const name of ['cpuNanos', 'cpuUserNanos', 'memoryPeakBytes', 'receivedBytes'])
      assert.ok(!(name in totals), name)
  })

  for (const [what, change, isExact] of [
    ['10 ms off of nothing', { cpuNanos: 0, cpuErrorNanos: 10e6 }, true],
    ['11 ms off of nothing', { cpuNanos: 0, cpuErrorNanos: 11e6 }, false],
    ['29 ms off of a second', { cpuNanos: 1e9, cpuErrorNanos: 29e6 }, true],
    ['31 ms off of a second', { cpuNanos: 1e9, cpuErrorNanos: 31e6 }, false],
    ['nobody knows how far off', { cpuErrorNanos: Infinity }, false],
  ] as const) {
    test(`calls ${what} ${isExact ? 'exact' : 'inexact'}`, () => {
      const totals = make({ life: makeLife(9, change) })
      assert.equal(totals.isExact, isExact)
      assert.equal(totals.reason === '', isExact)
    })
  }

  for (const [what, reading, isExact] of [
    ['with 4 CPUs to use', makeReading(8.5, { cpuNanos: 10e9 }), false],
    ['with 0.4 of one', makeReading(8.5, { cpuNanos: 10e9 }, { quotaCores: 0.4 }), true],
    ['with one in its cpuset', makeReading(8.9, { cpuNanos: 10e9 }, { cpusetCores: 1 }), true],
    ['with little to lose', makeReading(8.999, { cpuNanos: 0 }), true],
  ] as const) {
    test(`calls a last reading ${what} ${isExact ? 'exact' : 'inexact'}`, () => {
      const totals = make({ reading })
      assert.deepEqual([totals.method, totals.isExact], ['last_sample', isExact])
    })
  }

  test('takes of two ways the one that is off by less', () => {
    const life = makeLife(9, { method: 'parent_remainder', cpuErrorNanos: 500e6 })
    const close = makeReading(8.99, { cpuNanos: 99_000_000 })
    assert.equal(make({ life, reading: close }).method, 'last_sample')
    assert.equal(
      make({ life, reading: makeReading(5, { cpuNanos: 9 }) }).method,
      'parent_remainder',
    )
  })

  for (const [change, reason] of [
    [{}, 'It ended before its cgroup could be read'],
    [{ wasSeen: false }, 'It ended while the agent did not follow the engine'],
    [{ life: makeLife(9, { cpuNanos: undefined }) }, 'The CPU counter of its cgroup could not be read'],
    [{ life: makeLife(9, { cpuErrorNanos: Infinity }) }, 'How far its CPU total can be off is not known'],
    [
      { life: makeLife(9, { method: 'parent_remainder', cpuErrorNanos: 0.25e9 }) },
      'Its CPU total, which its parent cgroup tells, can be off by 0.25 s',
    ],
    [
      { reading: makeReading(8.5, { cpuNanos: 1 }) },
      'Its CPU total is that of the last regular reading, since its end was not seen in the cgroup; up to 2.0 s can be missing',
    ],
    [
      { wasSeen: false, reading: makeReading(8.5, { cpuNanos: 1 }) },
      'Its CPU total is that of the last regular reading, since its end was not seen in the cgroup; how much is missing is not known',
    ],
  ] as const) {
    test(`says: ${reason}`, () => assert.equal(make(change).reason, reason))
  } // prettier-ignore

  test('does not end before it began', () => {
    assert.equal(make({ finishedAtMs: stageStartMs }).finishedAtMs, stageStartMs + 4000)
  })
})
