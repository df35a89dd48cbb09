import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openSharedEngine } from '../engine/shared-engine.ts'
import type { Engine } from '../engine/engine.ts'
import type { ProcessList } from '../../src/api/contract/processes.ts'
import {
  askSql,
  getContainers,
  getJson,
  startVigie,
  waitForContainer,
  type Vigie,
} from './vigie-process.ts'
import { openKernelCounters } from './kernel-counters.ts'
import { waitUntil } from './wait-until.ts'

const prefix = `flow-${process.pid}`
const busyLoop = ['sh', '-c', 'while :; do :; done']

describe('vigie up with a real engine', () => {
  let engine: Engine
  let vigie: Vigie
  let url: string
  /** Runs a container under a name of this test's own; it is removed at the end. */
  const run = async (
    name: string,
    options: readonly string[],
    command: readonly string[],
  ): Promise<string> => {
    await engine.docker(
      'run',
      '-d',
      '--name',
      `${prefix}-${name}`,
      ...options,
      'busybox',
      ...command,
    )
    return `${prefix}-${name}`
  }

  before(async () => {
    engine = await openSharedEngine()
    vigie = await startVigie(['up'], { env: { DOCKER_HOST: engine.dockerHost } })
    url = await vigie.url()
  })

  after(async () => {
    const ending = await vigie.stop()
    const names = (await engine.docker('ps', '-aq', '--filter', `name=${prefix}-`))
      .trim()
      .split('\n')
    if (names[0] !== '') await engine.docker('rm', '-f', ...names)
    await vigie[Symbol.asyncDispose]()
    await engine[Symbol.asyncDispose]()
    assert.equal(ending.exitCode, 0, ending.output)
  })

  test('shows a container with its first figures within 2 s of docker run', async () => {
    const tookMs: number[] = []
    // A machine that does other things too may be slow once, not three times.
    while (tookMs.length < 3 && !tookMs.some((ms) => ms <= 2000)) {
      const name = await run(`first-${tookMs.length}`, [], busyLoop)
      const startedAt = performance.now()
      await waitForContainer(url, name, ({ figures }) => figures.memory !== undefined)
      tookMs.push(performance.now() - startedAt)
      const row = await waitForContainer(url, name, ({ figures }) => figures.cpu !== undefined)
      assert.equal(row.state, 'running')
      assert.equal(row.host, 'test-host')
    }
    assert.ok(Math.min(...tookMs) <= 2000, `${tookMs.join(', ')} ms`)
  })

  test('tells the limits of a container and how far it uses them', async () => {
    const name = await run('limited', ['--cpus', '0.2', '-m', '64m'], busyLoop)
    const row = await waitForContainer(url, name, ({ figures }) => (figures.throttled ?? 0) > 0)
    assert.equal(row.cpuLimitCores, 0.2)
    assert.equal(row.memoryLimitBytes, 64 * 1024 * 1024)
    assert.ok((row.figures.cpu ?? 0) < 40, `${row.figures.cpu} %`)
    const [[limit] = []] = await waitUntil('its limits in the store', 30_000, async () => {
      const rows = await askSql(
        url,
        `SELECT value FROM metrics WHERE metric = 'docker.cpu.limit' AND has(tags, 'container_name:${name}') LIMIT 1`,
      )
      return rows.length > 0 && rows
    })
    assert.equal(limit, 20)
  })

  test('follows a container through pause, unpause, rename, stop and removal', async () => {
    const name = await run('life', [], ['sleep', '1000'])
    await waitForContainer(url, name, ({ state }) => state === 'running')
    await engine.docker('pause', name)
    await waitForContainer(url, name, ({ state }) => state === 'paused')
    await engine.docker('unpause', name)
    await waitForContainer(url, name, ({ state }) => state === 'running')
    await engine.docker('rename', name, `${name}-renamed`)
    await waitForContainer(url, `${name}-renamed`)
    await engine.docker('kill', `${name}-renamed`)
    const ended = await waitForContainer(url, `${name}-renamed`, ({ state }) => state === 'exited')
    assert.equal(ended.exitCode, 137)
    assert.ok(
      ended.finishedAt !== null && ended.startedAt !== null && ended.finishedAt >= ended.startedAt,
    )
    await engine.docker('rm', `${name}-renamed`)
    await waitForContainer(url, `${name}-renamed`, ({ state }) => state === 'removed')
    const running = await getContainers(url, 'running')
    assert.equal(
      running.find((row) => row.id === ended.id),
      undefined,
    )
  })

  test('tells a container that was killed for want of memory, and its events', async () => {
    const name = await run(
      'oom',
      ['-m', '16m', '--memory-swap', '16m'],
      ['sh', '-c', 'x=a; while :; do x=$x$x; done'],
    )
    const row = await waitForContainer(url, name, ({ state }) => state === 'exited', 30_000)
    assert.equal(row.oomKilled, true)
    const titles = await waitUntil('its events in the store', 30_000, async () => {
      const rows = await askSql(
        url,
        `SELECT title, alert_type FROM events WHERE has(tags, 'container_name:${name}') AND title LIKE '%oom%'`,
      )
      return rows.length > 0 && rows
    })
    assert.equal(titles[0]?.[1], 'error')
  })

  test('tells what runs in a container while somebody looks', async () => {
    const script = 'PASSWORD=hunter2 sleep 1000 & while :; do :; done'
    const name = await run('processes', [], ['sh', '-c', script])
    const { id } = await waitForContainer(url, name)
    const list = await waitUntil('processes with their share of CPU', 30_000, async () => {
      const told = await getJson<ProcessList>(`${url}/api/containers/${id}/processes`)
      return told.processes.some(({ cpu }) => (cpu ?? 0) > 5) && told
    })
    const [busy, idle] = list.processes
    assert.equal(list.count, 2)
    assert.deepEqual(
      [busy?.command, idle?.command],
      ['sh -c PASSWORD=******** sleep 1000 & while :; do :; done', 'sleep 1000'],
    )
    const listed = (await engine.docker('top', id, '-o', 'pid')).trim().split('\n').slice(1)
    const pids = list.processes.map(({ pid }) => String(pid))
    assert.deepEqual(pids.toSorted(), listed.map((pid) => pid.trim()).toSorted())
    assert.deepEqual([busy?.uid, busy?.threads, idle?.parentPid], [0, 1, busy?.pid])
    assert.ok((idle?.memoryRssBytes ?? 0) > 0)
  })

  test('keeps every second of a running container', async () => {
    const name = await run('seconds', [], busyLoop)
    const rows = await waitUntil('six seconds of it', 30_000, async () => {
      const found = await askSql(
        url,
        `SELECT toUnixTimestamp(time) FROM metrics WHERE metric = 'docker.cpu.usage' AND has(tags, 'container_name:${name}') ORDER BY time`,
      )
      return found.length >= 6 && found
    })
    const gaps = rows.slice(1).map(([time], at) => Number(time) - Number(rows[at]?.[0]))
    assert.deepEqual(
      gaps,
      gaps.map(() => 1),
    )
  })

  test("agrees with the kernel's own counters within 1 %", async () => {
    const name = await run(
      'kernel',
      ['--cpus', '0.5'],
      ['sh', '-c', 'x=$(head -c 20000000 /dev/zero | tr "\\0" a); while :; do :; done'],
    )
    const { id } = await waitForContainer(
      url,
      name,
      ({ figures }) => (figures.memoryRss ?? 0) > 15e6,
    )
    const kernel = openKernelCounters(id)
    const from = await kernel.readAtWholeSecond(1)
    const to = await kernel.readAtWholeSecond(15)
    const [cpu, rss, workingSet] = await Promise.all(
      ['docker.cpu.usage', 'docker.mem.rss', 'docker.mem.working_set'].map((metric) =>
        averageOf(url, { metric, name, fromS: from.timeS + 1, toS: to.timeS }),
      ),
    )
    const kernelCpu = (to.cpuNanos - from.cpuNanos) / 1e7 / (to.timeS - from.timeS)
    assertClose('docker.cpu.usage', cpu, kernelCpu)
    assertClose('docker.mem.rss', rss, (from.rssBytes + to.rssBytes) / 2)
    assertClose(
      'docker.mem.working_set',
      workingSet,
      (from.workingSetBytes + to.workingSetBytes) / 2,
    )
  })
})

/** The average of all points in those seconds, once each of them is stored. */
function averageOf(
  url: string,
  { metric, name, fromS, toS }: { metric: string; name: string; fromS: number; toS: number },
): Promise<number> {
  return waitUntil(`${metric} of each second`, 30_000, async () => {
    const [row] = await askSql(
      url,
      `SELECT avg(value), count() FROM metrics WHERE metric = '${metric}' AND has(tags, 'container_name:${name}')
       AND toUnixTimestamp(time) BETWEEN ${fromS} AND ${toS}`,
    )
    return Number(row?.[1]) === toS - fromS + 1 && Number(row?.[0])
  })
}

function assertClose(what: string, ours: number | undefined, kernel: number): void {
  const difference = Math.abs((ours ?? Number.NaN) - kernel) / kernel
  console.log(
    `${what}: ours ${ours?.toFixed(3)}, kernel ${kernel.toFixed(3)}, ${(difference * 100).toFixed(3)} % apart`,
  )
  assert.ok(difference <= 0.01, `${what}: ours ${ours}, kernel ${kernel}`)
}
