import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openLog } from './log.ts'
import { createTelemetry } from './telemetry.ts'

const open = (): ReturnType<typeof createTelemetry> => createTelemetry(openLog('silent', 'test'))

describe('createTelemetry()', () => {
  test('knows nothing at first', () => {
    const nothing = { sources: [], engine: undefined, dropped: {}, bufferedBytes: 0 }
    assert.deepEqual(open().snapshot(), nothing)
  })

  test('adds up what is dropped, by reason', () => {
    const telemetry = open()
    telemetry.countDropped('server.buffer_full', 3)
    telemetry.countDropped('server.queue_full', 1)
    telemetry.countDropped('server.buffer_full', 4)
    const expected = { 'server.buffer_full': 7, 'server.queue_full': 1 }
    assert.deepEqual(telemetry.snapshot().dropped, expected)
  })

  test('changes of a source only what it is told', () => {
    const telemetry = open()
    telemetry.setSource('docker', { state: 'backoff', message: 'no', restarts: 2 })
    telemetry.setSource('docker', { state: 'stopped' })
    telemetry.beginRun('docker', 5)
    const [source] = telemetry.snapshot().sources
    const { work, ...rest } = source ?? {}
    assert.deepEqual(rest, {
      name: 'docker',
      state: 'stopped',
      message: 'no',
      restarts: 2,
      lastRunAtMs: 5,
    })
    assert.equal(work?.runs, 1)
  })

  test('takes a source it has not heard of for running', () => {
    const telemetry = open()
    telemetry.countEmitted('docker', [])
    const [source] = telemetry.snapshot().sources
    assert.deepEqual([source?.state, source?.message, source?.restarts], ['running', '', 0])
    assert.ok(!('lastRunAtMs' in (source ?? {})), 'a run that never was')
  })

  test('keeps a snapshot as it was', () => {
    const telemetry = open()
    telemetry.setBufferedBytes(1)
    const before = telemetry.snapshot()
    telemetry.setBufferedBytes(2)
    telemetry.countDropped('x', 1)
    telemetry.setSource('docker', {})
    assert.deepEqual([before.bufferedBytes, before.dropped, before.sources], [1, {}, []])
  })
})
