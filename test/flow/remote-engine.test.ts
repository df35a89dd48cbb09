import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import docker from '../../src/sources/docker/source.ts'
import { Collected } from '../agent/collected.ts'
import { makeEnvironment, makeSourceContext, makeTelemetry } from '../agent/environment.ts'
import { FakeHost } from '../agent/fake-host.ts'
import { startPrivateEngine, type PrivateEngine } from '../engine/private-engine.ts'
import { relayTcp, type Relay } from '../engine/relay-tcp.ts'
import { waitUntil } from './wait-until.ts'

/** A host whose cgroup files are not those of the engine's containers, as with an engine on another machine. */
describe('the source docker with an engine elsewhere', () => {
  const host = new FakeHost('v1')
  const collected = new Collected()
  const telemetry = makeTelemetry()
  const stop = new AbortController()
  let engine: PrivateEngine
  let relay: Relay
  let running: Promise<void> = Promise.resolve()

  before(async () => {
    engine = await startPrivateEngine({
      daemonOptions: ['-H', 'tcp://127.0.0.1:2375', '--tls=false'],
    })
    relay = await relayTcp(engine, 2375)
    const command = ['sh', '-c', 'while :; do :; done']
    await engine.run({ name: 'busy', command, cpus: 0.2, memoryBytes: 64 * 1024 * 1024 })
    running = docker.run(
      docker.config.parse({ stats_interval: '2s', slow_interval: '1s' }),
      makeSourceContext({
        signal: stop.signal,
        environment: makeEnvironment({
          dockerHost: `tcp://127.0.0.1:${relay.port}`,
          cgroupRoot: host.cgroupRoot,
          procRoot: host.procRoot,
          dockerQueryTimeoutMs: 5000,
        }),
        telemetry,
        emit: collected.emit,
      }),
    )
  })

  after(async () => {
    stop.abort()
    await running
    await relay[Symbol.asyncDispose]()
    await engine[Symbol.asyncDispose]()
    host[Symbol.dispose]()
  })

  const value = (metric: string): Promise<number> =>
    waitUntil(`a point of ${metric}`, 30_000, () => collected.points(metric).at(-1)?.value)

  test('reads the figures of its containers from its answers, and says so', async () => {
    const cpu = await value('docker.cpu.usage')
    assert.ok(cpu > 10 && cpu < 30, `${cpu} %`)
    assert.equal(await value('docker.mem.limit'), 64 * 1024 * 1024)
    assert.equal(await value('docker.cpu.limit'), 20)
    const [point] = collected.points('docker.net.bytes_rcvd')
    assert.ok(point?.series.tags.includes('docker_network:bridge'), point?.series.tags.join(' '))
    const inventory = await collected.first('inventory', ({ containers }) =>
      containers.some(({ figuresFrom }) => figuresFrom === 'engine'),
    )
    assert.deepEqual(
      inventory.containers.map(({ name }) => name),
      ['busy'],
    )
  })

  test('says in its notes where the figures come from', async () => {
    const notes = await waitUntil('its notes', 30_000, () => {
      const [source] = telemetry.snapshot().sources
      return source?.work?.notes?.find((note) => note.startsWith('figures: '))
    })
    assert.equal(notes, "figures: 1 container from the engine's answers every 2 s (busy)")
  })

  test('tells counts of the engine as of any other', async () => {
    assert.equal(await value('docker.images.available'), 1)
    assert.equal(await value('docker.containers.running.total'), 1)
  })
})
