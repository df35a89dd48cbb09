import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { findHierarchy } from '../../src/cgroup/hierarchy.ts'
import { createFileBudget } from '../../src/cgroup/kept-file.ts'
import { openNetReader } from '../../src/cgroup/net-reader.ts'
import { openCgroup } from '../../src/cgroup/open-cgroup.ts'
import { createEngineClient, type EngineClient } from '../../src/docker/engine-client.ts'
import { parseEndpoint } from '../../src/docker/endpoint.ts'
import { parseInspect, type EngineContainer } from '../../src/docker/parse-inspect.ts'
import type { Reading } from '../../src/sources/docker/figures/reading.ts'
import { statsAtOnce, StatsPoller } from '../../src/sources/docker/figures/stats-poller.ts'
import { startPrivateEngine, type PrivateEngine } from '../engine/private-engine.ts'
import { relayTcp, type Relay } from '../engine/relay-tcp.ts'
import { waitUntil } from './wait-until.ts'

/** An engine such as Docker 20.10 reads each container once a second at most, and answers then. */
const intervalMs = 500

/** One container, as the engine's answers tell it and as its own files do, read within the same milliseconds. */
interface Compared {
  readonly engine: Reading
  readonly files: Reading
}

describe('figures of a remote engine', () => {
  let engine: PrivateEngine
  let relay: Relay
  let client: EngineClient
  const stop = new AbortController()
  const containers: EngineContainer[] = []
  const compared = new Map<string, Compared[]>()
  let running: Promise<void> = Promise.resolve()

  const add = async (
    name: string,
    spec: Omit<Parameters<PrivateEngine['run']>[0], 'name'>,
  ): Promise<void> => {
    const { id } = await engine.run({ name, ...spec })
    const inspect = await engine.request({ method: 'GET', path: `/containers/${id}/json` })
    containers.push(parseInspect(inspect))
  }

  before(async () => {
    engine = await startPrivateEngine({
      daemonOptions: ['-H', 'tcp://127.0.0.1:2375', '--tls=false'],
    })
    relay = await relayTcp(engine, 2375)
    const endpoint = parseEndpoint(`tcp://127.0.0.1:${relay.port}`, { shouldVerify: false })
    client = createEngineClient(endpoint, 5000, { connections: statsAtOnce })
    await add('busy', {
      command: ['sh', '-c', 'while :; do :; done'],
      cpus: 0.2,
      memoryBytes: 64 * 1024 * 1024,
    })
    await add('holder', {
      command: ['sh', '-c', 'x=$(head -c 20000000 /dev/zero | tr "\\0" a); sleep 1000; :'],
    })
    await add('alone', { command: ['sleep', '1000'], network: 'none' })
    const hierarchy = findHierarchy('/sys/fs/cgroup')
    const options = { procRoot: '/proc', budget: createFileBudget() }
    const readFiles = (container: EngineContainer): Reading => {
      const cgroup = openCgroup(hierarchy, container, options)
      const net = openNetReader('/proc', container.pid, options.budget)
      const sample = cgroup?.read()
      assert.ok(cgroup && sample)
      const reading = { sample, limits: cgroup.readLimits(), interfaces: net.read() }
      cgroup.close()
      net.close()
      return reading
    }
    const poller = new StatsPoller({
      client,
      intervalMs,
      containers: () => containers,
      onReading: (id, reading) => {
        const container = containers.find((one) => one.id === id)
        assert.ok(container)
        const files = readFiles(container)
        compared.set(id, [...(compared.get(id) ?? []), { engine: reading, files }])
      },
    })
    running = poller.run(stop.signal)
  })

  after(async () => {
    stop.abort()
    await running
    client.close()
    await relay[Symbol.asyncDispose]()
    await engine[Symbol.asyncDispose]()
  })

  /** So many comparisons of that container. */
  const readingsOf = (name: string, count: number): Promise<readonly Compared[]> =>
    waitUntil(`${count} readings of ${name}`, 30_000, () => {
      const id = containers.find((one) => one.name === name)?.id ?? ''
      const all = compared.get(id) ?? []
      return all.length >= count && all
    })

  test('have the same rate of CPU as the kernel counts, and of throttling', async () => {
    const all = await readingsOf('busy', 8)
    const [first, last] = [all[1], all.at(-1)]
    assert.ok(first && last)
    const rate = (pick: (one: Compared) => Reading['sample']): number => {
      const [from, to] = [pick(first), pick(last)]
      const nanos = (to.cpuNanos ?? Number.NaN) - (from.cpuNanos ?? Number.NaN)
      return nanos / 1e4 / (to.readAtMs - from.readAtMs)
    }
    const [ours, kernel] = [
      rate(({ engine: { sample } }) => sample),
      rate((one) => one.files.sample),
    ]
    console.log(`CPU: by the engine ${ours.toFixed(2)} %, by the kernel ${kernel.toFixed(2)} %`)
    assert.ok(Math.abs(ours - kernel) < kernel * 0.05, `${ours} and ${kernel}`)
    const throttled = ({ sample }: Reading): number => sample.throttledPeriods ?? Number.NaN
    assert.ok(Math.abs(throttled(last.engine) - throttled(last.files)) <= 2)
    assert.equal(last.engine.limits.quotaCores, 0.2)
    assert.equal(last.engine.limits.memoryBytes, last.files.limits.memoryBytes)
  })

  test('have the same memory, faults and threads as the kernel counts', async () => {
    const all = await readingsOf('holder', 4)
    const last = all.at(-1)
    assert.ok(last)
    for (const name of [
      'memoryAnonBytes',
      'memoryFileBytes',
      'memoryInactiveFileBytes',
      'memoryUsageBytes',
      'pageFaults',
      'threads',
    ] as const) {
      const [ours, kernel] = [last.engine.sample[name], last.files.sample[name]]
      console.log(`${name}: by the engine ${ours}, by the kernel ${kernel}`)
      assert.ok(ours !== undefined && kernel !== undefined, name)
      assert.ok(Math.abs(ours - kernel) <= kernel * 0.01, `${name}: ${ours} and ${kernel}`)
    }
    assert.ok((last.engine.sample.memoryAnonBytes ?? 0) > 15e6)
    assert.deepEqual(last.engine.interfaces, last.files.interfaces)
  })

  test('have no traffic for a container without a network, and no limit where there is none', async () => {
    const last = (await readingsOf('alone', 2)).at(-1)
    assert.equal(last?.engine.interfaces, undefined)
    assert.equal(last?.engine.limits.memoryBytes, undefined)
    assert.equal(last?.engine.sample.throttledPeriods, undefined)
  })
})
