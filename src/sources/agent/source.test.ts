import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Collected } from '../../../test/agent/collected.ts'
import { FakeHost } from '../../../test/agent/fake-host.ts'
import {
  makeEnvironment,
  makeSourceContext,
  makeTelemetry,
} from '../../../test/agent/environment.ts'
import agent from './source.ts'

describe('the source agent', { timeout: 60_000 }, () => {
  test('reports what the telemetry knows, and what watching costs', async () => {
    using host = new FakeHost('v2')
    const stop = new AbortController()
    const collected = new Collected()
    const telemetry = makeTelemetry()
    telemetry.setSource('docker', { state: 'degraded', message: 'no engine' })
    telemetry.countDropped('server.buffer_full', 7)
    telemetry.watchEndpoint(() => ({
      name: 'server',
      url: 'http://127.0.0.1:9',
      state: 'retrying',
      message: 'it is away',
      waiting: 1,
      memoryBytes: 90,
      diskBytes: 9,
      delivered: 0,
      retried: 1,
      setAside: 0,
      dropped: 0,
    }))
    let clockMs = 1_795_000_000_000
    const running = agent.run(
      { interval: 10 },
      makeSourceContext({
        signal: stop.signal,
        clock: () => (clockMs += 4),
        environment: makeEnvironment({ cgroupRoot: host.cgroupRoot }),
        telemetry,
        emit: collected.emit,
      }),
    )
    const report = await collected.first('agent-report')
    stop.abort()
    await running
    const timeMs = 1_795_000_000_010
    assert.equal(report.host, 'box-1')
    assert.equal(report.timeMs, timeMs)
    assert.equal(report.pid, process.pid)
    assert.equal(report.hostFacts.cgroupVersion, 'v2')
    assert.deepEqual(report.dropped, { 'server.buffer_full': 7 })
    assert.equal(report.bufferedBytes, 99)
    assert.equal(report.endpoints?.[0]?.message, 'it is away')
    assert.deepEqual(
      report.sources.map(({ name, state, message }) => [name, state, message]),
      [
        ['docker', 'degraded', 'no engine'],
        ['agent', 'running', ''],
      ],
    )
    assert.ok(!('engine' in report), 'an engine that nobody has looked for')
    assert.equal(collected.points('vigie.agent.mem.rss')[0]?.value, report.rssBytes)
    assert.equal(collected.points('vigie.agent.cpu.usage')[0]?.value, report.cpuRatio * 100)
  })
})
