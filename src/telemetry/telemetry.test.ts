import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { EndpointReport } from '../model/agent-report.ts'
import { openLog } from './log.ts'
import { createTelemetry } from './telemetry.ts'

const open = (): ReturnType<typeof createTelemetry> => createTelemetry(openLog('silent', 'test'))

function makeEndpoint(name: string, memoryBytes: number): EndpointReport {
  return {
    name,
    url: 'http://127.0.0.1:9',
    state: 'idle',
    message: '',
    waiting: 0,
    memoryBytes,
    diskBytes: 0,
    delivered: 0,
    retried: 0,
    setAside: 0,
    dropped: 0,
  }
}

describe('createTelemetry()', () => {
  test('knows nothing at first', () => {
    const empty = { sources: [], dropped: {}, bufferedBytes: 0, endpoints: [] }
    assert.deepEqual(open().snapshot(), { ...empty, engine: undefined })
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

  test('adds up what waits for all endpoints, for as long as they are watched', () => {
    const telemetry = open()
    telemetry.watchEndpoint(() => ({ ...makeEndpoint('server', 100), diskBytes: 20 }))
    const unwatch = telemetry.watchEndpoint(() => makeEndpoint('datadog', 3))
    const { bufferedBytes, endpoints } = telemetry.snapshot()
    assert.equal(bufferedBytes, 123)
    assert.deepEqual(
      endpoints.map(({ name }) => name),
      ['server', 'datadog'],
    )
    unwatch()
    assert.equal(telemetry.snapshot().bufferedBytes, 120)
  })

  test('keeps a snapshot as it was', () => {
    const telemetry = open()
    const endpoint = makeEndpoint('server', 1)
    telemetry.watchEndpoint(() => endpoint)
    const before = telemetry.snapshot()
    telemetry.watchEndpoint(() => makeEndpoint('datadog', 2))
    telemetry.countDropped('x', 1)
    telemetry.setSource('docker', {})
    assert.deepEqual([before.bufferedBytes, before.dropped, before.sources], [1, {}, []])
  })
})
