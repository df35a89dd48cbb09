import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makePoint } from '../../test/agent/points.ts'
import type { SourceWork } from '../model/agent-report.ts'
import type { Event } from '../model/event.ts'
import type { ServiceCheck } from '../model/service-check.ts'
import type { Sketch } from '../model/sketch.ts'
import { SourceRecord } from './source-record.ts'

const event: Event = {
  kind: 'event',
  title: 'a',
  text: 'b',
  timeMs: 1,
  alertType: 'info',
  priority: 'normal',
  aggregationKey: '',
  source: 'test',
  host: 'box-1',
  tags: [],
}
const check: ServiceCheck = {
  kind: 'service-check',
  name: 'c',
  status: 0,
  message: '',
  timeMs: 1,
  host: 'box-1',
  tags: [],
}
const sketch: Sketch = {
  kind: 'sketch',
  series: { metric: 'd', host: 'box-1', tags: [], intervalS: 10 },
  timeMs: 1,
  count: 1,
  min: 1,
  max: 1,
  sum: 1,
  avg: 1,
  keys: [1338],
  counts: [1],
}
const nothing = { points: 0, sketches: 0, events: 0, serviceChecks: 0, containerTotals: 0 }

function workOf(record: SourceRecord): SourceWork {
  const { work } = record.report()
  assert.ok(work)
  return work
}

describe('SourceRecord', () => {
  test('counts items by kind, of the last finished run and in all', () => {
    const record = new SourceRecord('docker')
    record.beginRun(1000)
    record.countEmitted([makePoint(1), makePoint(2), event])
    record.countEmitted([check, sketch])
    record.endRun()
    record.beginRun(2000)
    record.countEmitted([makePoint(3)])
    const first = { ...nothing, points: 2, sketches: 1, events: 1, serviceChecks: 1 }
    assert.deepEqual(workOf(record).lastRun, first, 'the second run has not ended')
    assert.deepEqual(workOf(record).total, { ...first, points: 3 })
    record.endRun()
    assert.deepEqual(workOf(record).lastRun, { ...nothing, points: 1 })
    assert.equal(record.report().lastRunAtMs, 2000)
    assert.equal(workOf(record).runs, 2)
  })

  test('counts what comes between two runs only in all', () => {
    const record = new SourceRecord('docker')
    record.countEmitted([event])
    record.beginRun(1000)
    record.endRun()
    record.countEmitted([event, event])
    assert.deepEqual(workOf(record).lastRun, nothing)
    assert.equal(workOf(record).total.events, 3)
  })

  test('measures the last run and the mean of all', (t) => {
    let nowMs = 50
    t.mock.method(performance, 'now', () => nowMs)
    const record = new SourceRecord('docker')
    for (const tookMs of [10, 25]) {
      record.beginRun(1000)
      nowMs += tookMs
      record.endRun()
    }
    // One that has not ended yet, and one end too many, change nothing.
    record.endRun()
    record.beginRun(2000)
    nowMs += 1000
    const { lastRunMs, averageRunMs } = workOf(record)
    assert.deepEqual([lastRunMs, averageRunMs], [25, 17.5])
  })

  test('counts a warning for each time it is degraded, an error for each failure', () => {
    const record = new SourceRecord('docker')
    record.setHealth({ state: 'running', message: '' }, 1)
    record.setHealth({ state: 'degraded', message: 'no engine' }, 2)
    record.setHealth({ state: 'degraded', message: 'no engine' }, 3)
    record.setHealth({ state: 'backoff', message: 'broken', restarts: 1 }, 4)
    record.setHealth({ state: 'running', message: '' }, 5)
    const { warnings, errors } = workOf(record)
    assert.deepEqual(warnings, {
      count: 2,
      newest: [{ message: 'no engine', count: 2, lastAtMs: 3 }],
    })
    assert.deepEqual(errors, { count: 1, newest: [{ message: 'broken', count: 1, lastAtMs: 4 }] })
  })

  test('keeps the five sentences heard last, the newest first, however many there are', () => {
    const record = new SourceRecord('docker')
    for (let at = 1; at <= 40; at += 1)
      record.setHealth({ state: 'degraded', message: `fault ${at}` }, at)
    record.setHealth({ state: 'degraded', message: 'fault 38' }, 41)
    const { count, newest } = workOf(record).warnings
    assert.equal(count, 41)
    assert.deepEqual(
      newest.map(({ message, count: times }) => [message, times]),
      [
        ['fault 38', 2],
        ['fault 40', 1],
        ['fault 39', 1],
        ['fault 37', 1],
        ['fault 36', 1],
      ],
    )
  })

  test('shows no secret of a message', () => {
    const record = new SourceRecord('docker')
    record.setHealth({ state: 'backoff', message: 'Cannot reach tcp://me:hunter2@box:2375' }, 1)
    assert.ok(!JSON.stringify(record.report()).includes('hunter2'))
    assert.equal(record.report().message, 'Cannot reach tcp://********@box:2375')
  })

  test('keeps a report as it was', () => {
    const record = new SourceRecord('docker')
    record.beginRun(1000)
    record.endRun()
    const { total, lastRun } = workOf(record)
    record.beginRun(2000)
    record.countEmitted([event])
    record.endRun()
    record.beginRun(3000)
    record.countEmitted([event])
    assert.deepEqual([total, lastRun], [nothing, nothing])
  })
})
