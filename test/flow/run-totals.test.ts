import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import type { CgroupLife } from '../../src/cgroup/lifetime/cgroup-life.ts'
import { startPrivateEngine, type PrivateEngine } from '../engine/private-engine.ts'
import { useCgroupParent } from './cgroup-parent.ts'
import { compareRuns, leastExactRatio } from './run-totals-check.ts'
import { runShortContainers } from './run-totals-load.ts'
import { waitUntil } from './wait-until.ts'
import { countWatchDescriptors, watchLives } from './watched-lives.ts'

/** Burns CPU until it is stopped. */
const busy = ['sh', '-c', 'while :; do :; done']

describe('totals of the life of a cgroup', () => {
  let engine: PrivateEngine
  before(async () => {
    engine = await startPrivateEngine()
  })
  after(() => engine[Symbol.asyncDispose]())

  test('are exact for 60 short runs, up to 20 at once, and leave no descriptor behind', async (t) => {
    const descriptorsBefore = countWatchDescriptors()
    using watched = watchLives()
    const load = { engine, count: 60, atOnce: 20, shortestMs: 20, longestMs: 2000 }
    const runs = await runShortContainers(load)
    for (const { id } of runs) await watched.waitFor(id)
    const comparison = compareRuns(runs, watched.lives)
    t.diagnostic(JSON.stringify(comparison))
    assert.deepEqual([...comparison.faults, ...watched.faults], [])
    assert.ok(comparison.exactRatio >= leastExactRatio, `${comparison.exactRatio} are exact`)
    assert.ok(Math.abs(comparison.sumRatio - 1) <= 0.02, `the sum is ${comparison.sumRatio}`)
    watched.watch.close()
    await waitUntil('all descriptors are given back', 30_000, () => {
      return countWatchDescriptors() === descriptorsBefore
    })
  })

  test('are told of a container that ran before the watch began', async () => {
    const { id } = await engine.run({ command: busy, memoryBytes: 32 * 2 ** 20 })
    await waitUntil('it used CPU', 30_000, () => readUsage(id) > 50e6)
    using watched = watchLives()
    const usedNanos = readUsage(id)
    await engine.tell(id, 'kill')
    const [life] = await watched.waitFor(id)
    assertExact(life)
    assert.ok(life.cpuNanos >= usedNanos)
    assert.ok((life.memoryPeakBytes ?? 0) > 100_000)
    assert.equal(life.oomKills, 0)
  })

  test('are told once for each run of a container that is started again', async () => {
    using watched = watchLives()
    const { id } = await engine.run({ command: busy })
    await waitUntil('it used CPU', 30_000, () => readUsage(id) > 100e6)
    await engine.tell(id, 'kill')
    const [first] = await watched.waitFor(id, 1)
    await engine.tell(id, 'start')
    await engine.tell(id, 'kill')
    const [, second] = await watched.waitFor(id, 2)
    assertExact(first)
    assertExact(second)
    assert.ok(first.cpuNanos >= 100e6)
    assert.ok(first.endedAtMs < second.endedAtMs)
  })

  test('count the processes that the kernel killed for want of memory', async () => {
    using watched = watchLives()
    const command = ['sh', '-c', 'tail /dev/zero; tail /dev/zero; exec sleep 600']
    const { id } = await engine.run({ command, memoryBytes: 16 * 2 ** 20 })
    await waitUntil('two were killed', 30_000, () => readOomKills(id) === 2)
    await watched.readAll()
    await engine.tell(id, 'kill')
    const [life] = await watched.waitFor(id)
    assertExact(life)
    assert.equal(life.oomKills, 2)
    assert.ok((life.memoryPeakBytes ?? 0) > 15 * 2 ** 20)
  })

  test('are told of a container that is removed while it is paused', async () => {
    using watched = watchLives()
    const { id } = await engine.run({ command: busy })
    await waitUntil('it used CPU', 30_000, () => readUsage(id) > 50e6)
    await engine.tell(id, 'pause')
    const usedNanos = readUsage(id)
    await engine.remove(id)
    const [life] = await watched.waitFor(id)
    assertExact(life)
    assert.ok(life.cpuNanos >= usedNanos)
  })

  test('hold what went through a network of its own, not that of another container', async () => {
    using watched = watchLives()
    const server = await engine.run({ command: ['httpd', '-f', '-p', '80', '-h', '/bin'] })
    const address = await engine.docker(
      'inspect',
      '-f',
      '{{.NetworkSettings.IPAddress}}',
      server.id,
    )
    const fetch = `until wget -O /dev/null http://${address}/busybox; do :; done; echo fetched; exec sleep 600`
    const client = await engine.run({ command: ['sh', '-c', fetch] })
    await waitUntil('it has fetched', 30_000, async () => {
      return (await engine.docker('logs', client.id)).includes('fetched')
    })
    await watched.readAll()
    await engine.tell(client.id, 'kill')
    const [life] = await watched.waitFor(client.id)
    assert.ok((life?.receivedBytes ?? 0) >= 1e6, `received ${life?.receivedBytes}`)
    // By now the network of the server is known to be its own.
    const guest = await engine.run({ command: ['sleep', '1'], network: `container:${server.id}` })
    const [guestLife] = await watched.waitFor(guest.id)
    assert.equal(guestLife?.receivedBytes, undefined)
  })

  test('are told of a container below a parent of its own', async () => {
    using parent = useCgroupParent(`/vigie-test-${process.pid}/teams`)
    using watched = watchLives()
    const { id } = await engine.run({
      command: ['sh', '-c', 'i=0; while [ $i -lt 30000 ]; do i=$((i+1)); done'],
      hostConfig: { CgroupParent: parent.path },
    })
    const [life] = await watched.waitFor(id)
    assertExact(life)
    assert.ok(life.cpuNanos > 5e6)
  })
})

function assertExact(
  life: CgroupLife | undefined,
): asserts life is CgroupLife & { cpuNanos: number } {
  assert.ok(life?.cpuNanos !== undefined)
  assert.ok(life.cpuErrorNanos <= 10e6 + 0.02 * life.cpuNanos, `error is ${life.cpuErrorNanos}`)
}

function readOomKills(id: string): number {
  const text = readFileSync(`/sys/fs/cgroup/memory/docker/${id}/memory.oom_control`, 'utf8')
  return Number(/^oom_kill (\d+)$/m.exec(text)?.[1])
}

function readUsage(id: string): number {
  return Number(readFileSync(`/sys/fs/cgroup/cpuacct/docker/${id}/cpuacct.usage`, 'utf8'))
}
