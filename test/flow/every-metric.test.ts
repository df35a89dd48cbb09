import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { metricCatalogue } from '../../src/model/metric-catalogue.ts'
import type { Point } from '../../src/model/series.ts'
import { sources } from '../../src/sources/index.ts'
import { makeEnvironment, makeSourceContext } from '../agent/environment.ts'
import type { StartedContainer } from '../engine/engine.ts'
import { startPrivateEngine, type PrivateEngine } from '../engine/private-engine.ts'
import {
  assertBetween,
  assertEveryMetric,
  assertLimits,
  byMetric,
  startFullContainer,
} from './every-metric.ts'
import { viewKernel, type KernelView } from './kernel-metrics.ts'

const runS = 6
const idle = ['sleep', '1000000']

/** What the source `docker` tells in some seconds. */
async function runSource(dockerHost: string): Promise<readonly Point[]> {
  const stop = new AbortController()
  const points: Point[] = []
  const endAtMs = Date.now() + runS * 1000
  await sources.docker.run(
    sources.docker.config.parse({}),
    makeSourceContext({
      signal: stop.signal,
      environment: makeEnvironment({ procRoot: '/proc', cgroupRoot: '/sys/fs/cgroup', dockerHost }),
      emit: (batch) => {
        points.push(...batch.filter((item) => item.kind === 'point'))
        if (Date.now() > endAtMs) stop.abort()
        return Promise.resolve()
      },
    }),
  )
  return points
}

describe('the source docker on a real engine', () => {
  let engine: PrivateEngine
  let full: StartedContainer
  let plain: StartedContainer
  let alone: StartedContainer
  let onHost: StartedContainer
  let points: readonly Point[]
  let first: KernelView
  let last: KernelView

  before(async () => {
    engine = await startPrivateEngine()
    full = await startFullContainer(engine, engine.root)
    plain = await engine.run({ command: idle })
    alone = await engine.run({ command: idle, network: 'none' })
    onHost = await engine.run({ command: idle, network: 'host' })
    first = viewKernel(full)
    points = await runSource(engine.dockerHost)
    last = viewKernel(full)
  })

  after(async () => engine?.[Symbol.asyncDispose]())

  test('tells everything that the kernel has of a container with all limits, and nothing else', () => {
    assertEveryMetric(byMetric(points, full.id), last)
    assert.ok(last.metrics.includes('docker.mem.soft_limit'))
  })

  test('tells no limit of a container without limits', () => {
    const kernel = viewKernel(plain)
    assert.ok(!kernel.metrics.includes('docker.mem.limit'))
    assertEveryMetric(byMetric(points, plain.id), kernel)
  })

  test('tells no network of a container without one', () => {
    const kernel = viewKernel(alone)
    assertEveryMetric(byMetric(points, alone.id), kernel)
  })

  test('tells the interfaces of the host for a container in its network, and not as its own', () => {
    const { metrics } = viewKernel(onHost)
    const own = metrics.filter((metric) => !metric.startsWith('container.net.'))
    assertEveryMetric(byMetric(points, onHost.id), { ...viewKernel(onHost), metrics: own })
  })

  test('tells nothing that is not in the catalogue', () => {
    const known = (metricCatalogue['docker'] ?? []).map(({ name }) => name)
    const told = new Set(points.map(({ series }) => series.metric))
    assert.deepEqual(
      [...told].filter((metric) => !known.includes(metric)),
      [],
    )
  })

  test('tells both networks by their names', () => {
    const tags = (byMetric(points, full.id).get('docker.net.bytes_rcvd') ?? []).flatMap(
      ({ series }) =>
        series.tags.filter((tag) => tag.startsWith('docker_network:vigie-test-network')),
    )
    assert.equal(new Set(tags).size, 2)
  })

  test('tells limits and counters as the kernel has them', () => {
    const seen = byMetric(points, full.id)
    assertLimits(seen, last)
    assertBetween(seen, [first, last])
    const written = seen.get('container.io.write') ?? []
    if (last.metrics.includes('container.io.write'))
      assert.ok(written.some(({ value }) => value > 0))
    const usage = (seen.get('docker.cpu.usage') ?? []).map(({ value }) => value)
    const mean = usage.reduce((sum, value) => sum + value, 0) / usage.length
    assert.ok(mean > 0 && mean <= 60, `${mean} % CPU`)
  })
})
