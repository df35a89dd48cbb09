import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { after, before, describe, test } from 'node:test'
import { findFreePort } from '../agent/find-free-port.ts'
import type { Engine, StartedContainer } from '../engine/engine.ts'
import { openSharedEngine } from '../engine/shared-engine.ts'
import { openKernelCounters } from './kernel-counters.ts'
import {
  askInstant,
  startPrometheus,
  type PrometheusProcess,
  type PromSample,
} from './prometheus-process.ts'
import { startVigie, type Vigie } from './vigie-process.ts'
import { waitUntil } from './wait-until.ts'

const memoryBytes = 64 * 1024 * 1024

describe('Debian’s prometheus beside the agent', () => {
  let engine: Engine
  let busy: StartedContainer
  let prometheus: PrometheusProcess
  let vigie: Vigie
  let metricsUrl: string

  before(async () => {
    engine = await openSharedEngine()
    busy = await engine.run({
      command: ['sh', '-c', 'while :; do :; done'],
      cpus: 0.2,
      memoryBytes,
      labels: { 'com.example.team': 'shop "A"' },
    })
    const listen = `127.0.0.1:${await findFreePort()}`
    metricsUrl = `http://${listen}/metrics`
    prometheus = await startPrometheus([listen])
    vigie = await startVigie(['up'], {
      env: {
        DOCKER_HOST: engine.dockerHost,
        VIGIE_SINKS_PROMETHEUS_EXPORTER_ENABLED: 'true',
        VIGIE_SINKS_PROMETHEUS_EXPORTER_LISTEN: listen,
        VIGIE_SINKS_REMOTE_WRITE_URL: prometheus.url,
        VIGIE_SINKS_REMOTE_WRITE_INTERVAL: '1s',
      },
    })
  })

  after(async () => {
    const ending = await vigie.stop()
    await engine.remove(busy.id)
    await vigie[Symbol.asyncDispose]()
    await prometheus[Symbol.asyncDispose]()
    await engine[Symbol.asyncDispose]()
    assert.equal(ending.exitCode, 0, ending.output)
  })

  /** The only series, once there is one. */
  const single = (query: string): Promise<PromSample> =>
    waitUntil(query, 30_000, async () => {
      const [sample, ...others] = await prometheus.ask(query)
      assert.equal(others.length, 0)
      return sample
    })

  test('scrapes without a fault, in the format that it asks for', async () => {
    await waitUntil('a scrape that worked', 30_000, async () => {
      const [up] = await prometheus.ask('up{job="vigie"}')
      return up?.value === 1
    })
    const accept = 'application/openmetrics-text;version=1.0.0;q=0.9,text/plain;q=0.3'
    const answer = await fetch(metricsUrl, { headers: { accept } })
    assert.match(answer.headers.get('content-type') ?? '', /^application\/openmetrics-text/)
    assert.match(await answer.text(), /\n# EOF\n$/)
  })

  test('has the CPU time of a container as the kernel has counted it', async () => {
    const query = `container_cpu_usage_seconds_total{name="${busy.name}"}`
    await single(query)
    const kernel = openKernelCounters(busy.id)
    const earlier = await kernel.readAtWholeSecond(1)
    // Read, scraped and asked for after that: none of the three is older.
    const { value, labels } = await waitUntil('a later scrape', 30_000, async () => {
      const [seen] = await prometheus.ask(`container_last_seen{name="${busy.name}"}`)
      if (seen === undefined || seen.value < earlier.timeS + 1) return undefined
      return (await prometheus.ask(query))[0]
    })
    const later = await kernel.readAtWholeSecond(1)
    assert.ok(value >= earlier.cpuNanos / 1e9, `${value} of ${earlier.cpuNanos} ns before`)
    assert.ok(value <= later.cpuNanos / 1e9, `${value} of ${later.cpuNanos} ns after`)
    const { id = '', image, cpu, container_label_com_example_team: team } = labels
    assert.ok(id.startsWith('/') && id.includes(busy.id), id)
    assert.deepEqual([image, cpu, team], ['busybox', 'total', 'shop "A"'])
  })

  test('has limits, throttling and traffic under the names of cAdvisor', async () => {
    const own = `{name="${busy.name}"}`
    assert.equal((await single(`container_spec_memory_limit_bytes${own}`)).value, memoryBytes)
    const quota = `container_spec_cpu_quota${own} / container_spec_cpu_period${own}`
    assert.equal((await single(quota)).value, 0.2)
    const throttled = `container_cpu_cfs_throttled_periods_total${own} > 0`
    assert.ok((await single(throttled)).value > 0)
    const received = `container_network_receive_bytes_total{name="${busy.name}",interface="eth0"}`
    assert.ok((await single(received)).value >= 0)
  })

  test('is told by promtool that the page is as it should be', async () => {
    const page = await (await fetch(metricsUrl)).text()
    assert.match(page, /^container_memory_rss\{/m)
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
      input: page,
      encoding: 'utf8',
    })
    assert.deepEqual([status, stdout, stderr], [0, '', ''])
  })

  test('has by remote write what the server answers to the same question', async () => {
    const limit = `sum by (container_name, host) (docker_mem_limit{container_name="${busy.name}"})`
    const written = await single(limit)
    const [own] = await askInstant(`${await vigie.url()}/prometheus`, limit)
    assert.equal(written.value, memoryBytes)
    assert.deepEqual([own?.value, own?.labels], [written.value, written.labels])
    await waitUntil('the same memory on both sides', 30_000, async () => {
      // At one moment, a little ago, since the two are not written to at the same time.
      const query = `docker_mem_rss{container_name="${busy.name}"} @ ${Math.floor(Date.now() / 1000) - 4}`
      const [here] = await askInstant(`${await vigie.url()}/prometheus`, query)
      const [there] = await prometheus.ask(query)
      return here !== undefined && there?.value === here.value
    })
    const page = await (await fetch(metricsUrl)).text()
    assert.doesNotMatch(page, /vigie_agent_dropped_items_total\{reason="remote-write/)
  })

  test('knows how the agent does', async () => {
    assert.equal((await single('vigie_agent_engine_up')).value, 1)
    const delivered = 'vigie_agent_endpoint_delivered_payloads_total{endpoint="remote-write"} > 0'
    assert.ok((await single(delivered)).value > 0)
    const running = 'vigie_agent_source_state{source="docker",state="running"}'
    assert.equal((await single(running)).value, 1)
  })
})
