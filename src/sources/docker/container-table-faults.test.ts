import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { describe, test } from 'node:test'
import { makeContainer } from '../../../test/agent/engine-container.ts'
import type { Figures } from '../../../test/agent/fake-host.ts'
import { open, stopClock, timeMs, valueOf } from '../../../test/agent/open-table.ts'
import type { Point } from '../../model/series.ts'
import type { Reading } from './figures/reading.ts'

const web = makeContainer()
const hourMs = 3_600_000

const figures: Figures = {
  cpuMicros: 9_000_000,
  userTicks: 500,
  systemTicks: 400,
  throttledPeriods: 7,
  throttledMicros: 7000,
  rss: 4096,
  cache: 4096,
  usage: 8192,
  limit: 65_536,
  pageFaults: 100,
  majorPageFaults: 10,
  threads: 2,
  openFiles: 3,
  io: [['254:0', 1000, 2000, 3, 4]],
  net: [['eth0', 5000, 3000, [10, 0, 0], [20, 0, 0]]],
}

/** A second later at full load of one core. */
const later: Figures = {
  ...figures,
  cpuMicros: 10_000_000,
  userTicks: 580,
  systemTicks: 420,
  io: [['254:0', 1500, 2500, 4, 5]],
  net: [['eth0', 6000, 3500, [11, 0, 0], [21, 0, 0]]],
}

/** The file descriptors that this process holds, those of Node's own included. */
function countDescriptors(): number {
  return readdirSync('/proc/self/fd').length
}

/** No share of the CPU above what two readings of `figures` can give, nothing below zero, nothing that is no number. */
function assertSound(points: readonly Point[]): void {
  for (const { series, value } of points) {
    assert.ok(Number.isFinite(value) && value >= 0, `${series.metric} is ${value}`)
    if (series.metric.startsWith('docker.cpu.u')) assert.ok(value <= 1000, `${value} % CPU`)
  }
}

describe('ContainerTable', () => {
  for (const version of ['v1', 'v2'] as const) {
    test(`has what is left of a container that is removed in mid-pass on ${version}`, (t) => {
      const clock = stopClock(t)
      using opened = open({ version })
      const { host, table } = opened
      host.put(web.id, web.pid, figures)
      table.put(web)
      clock.moveMs(1000)
      // The controllers go one after the other: CPU is still there, memory and the process are not.
      host.put(web.id, web.pid, { cpuMicros: 9_500_000, threads: 0 })
      const points = table.sample(timeMs)
      assertSound(points)
      assert.equal(valueOf(points, 'docker.cpu.usage'), 50)
      assert.equal(valueOf(points, 'docker.mem.rss'), undefined)
      assert.equal(valueOf(points, 'docker.net.bytes_rcvd'), undefined)
      host.remove(web.id, web.pid)
      clock.moveMs(1000)
      assert.deepEqual(table.sample(timeMs + 1000), [])
    })

    test(`has no rate below zero for counters that went back on ${version}`, (t) => {
      const clock = stopClock(t)
      using opened = open({ version })
      const { host, table } = opened
      host.put(web.id, web.pid, later)
      table.put(web)
      clock.moveMs(1000)
      host.put(web.id, web.pid, figures)
      const points = table.sample(timeMs)
      assertSound(points)
      assert.equal(valueOf(points, 'docker.cpu.usage'), undefined)
      clock.moveMs(1000)
      host.put(web.id, web.pid, later)
      assert.equal(valueOf(table.sample(timeMs + 1000), 'docker.cpu.usage'), 100)
    })

    test(`goes on with a cgroup that was made anew under its name on ${version}`, (t) => {
      const clock = stopClock(t)
      using opened = open({ version, openFiles: 100 })
      const { host, table, budget } = opened
      host.put(web.id, web.pid, later)
      table.put(web)
      clock.moveMs(1000)
      table.sample(timeMs)
      const taken = budget.left
      host.put(web.id, 43, { ...figures, cpuMicros: 100_000 })
      table.put({ ...web, pid: 43, startedAtMs: timeMs })
      clock.moveMs(1000)
      host.put(web.id, 43, { ...figures, cpuMicros: 350_000 })
      // The files of the fake host are replaced, where the kernel writes to them: they must be opened anew.
      table.put({ ...web, pid: 43, startedAtMs: timeMs + 500 })
      clock.moveMs(1000)
      const points = table.sample(timeMs + 2000)
      assertSound(points)
      assert.equal(valueOf(points, 'docker.cpu.usage'), 0)
      assert.equal(budget.left, taken)
    })

    test(`reads a paused container as one at rest on ${version}`, (t) => {
      const clock = stopClock(t)
      using opened = open({ version })
      const { host, table } = opened
      host.put(web.id, web.pid, figures)
      table.put({ ...web, state: 'paused' })
      for (const second of [1, 2, 3]) {
        clock.moveMs(1000)
        const points = table.sample(timeMs + second * 1000)
        assertSound(points)
        assert.equal(valueOf(points, 'docker.cpu.usage'), 0)
        assert.equal(valueOf(points, 'docker.mem.rss'), 4096)
        assert.equal(valueOf(points, 'docker.net.bytes_rcvd'), 0)
      }
    })
  }

  for (const jumpMs of [-hourMs, hourMs]) {
    test(`keeps its rates when the clock is set by ${jumpMs / hourMs} h`, (t) => {
      const clock = stopClock(t)
      using opened = open()
      const { host, table } = opened
      host.put(web.id, web.pid, figures)
      table.put({ ...web, startedAtMs: timeMs - 10_000 })
      clock.moveMs(1000)
      assertSound(table.sample(timeMs))
      clock.moveMs(1000)
      host.put(web.id, web.pid, later)
      const points = table.sample(timeMs + jumpMs)
      assertSound(points)
      assert.equal(valueOf(points, 'docker.cpu.usage'), 100)
      assert.equal(valueOf(points, 'docker.uptime') === undefined, jumpMs < 0)
      let slow = 0
      for (let second = 1; second <= 30; second += 1) {
        clock.moveMs(1000)
        const next = table.sample(timeMs + jumpMs + second * 1000)
        assertSound(next)
        slow += valueOf(next, 'container.cpu.usage') === undefined ? 0 : 1
      }
      assert.equal(slow, 2, 'container.* did not keep its cadence')
    })
  }

  test('does not take the network of another process that has its number now', (t) => {
    const clock = stopClock(t)
    using opened = open()
    const { host, table } = opened
    const own = { ...figures, processCgroup: `4:memory:/docker/${web.id}\n0::/docker/${web.id}` }
    host.put(web.id, web.pid, own)
    table.put(web)
    clock.moveMs(1000)
    assert.equal(valueOf(table.sample(timeMs), 'docker.net.bytes_rcvd'), 0)
    clock.moveMs(1000)
    const other = `4:memory:/user.slice\n0::/user.slice`
    host.put(web.id, web.pid, { ...figures, processCgroup: other, net: [['eth0', 9e9, 9e9]] })
    const points = table.sample(timeMs + 1000)
    assert.equal(valueOf(points, 'docker.net.bytes_rcvd'), undefined)
    assert.equal(valueOf(points, 'docker.mem.rss'), 4096)
  })

  test('holds no descriptor more after containers came, failed and went', () => {
    const before = countDescriptors()
    {
      using opened = open({ openFiles: 1000 })
      const { host, table, budget } = opened
      for (let round = 0; round < 5; round += 1) {
        const ids = ['a', 'b', 'c'].map((digit) => digit.repeat(64))
        for (const [at, id] of ids.entries()) {
          host.put(id, 100 + at, figures)
          table.put(makeContainer({ id, pid: 100 + at }))
        }
        table.sample(timeMs + round * 20_000)
        host.remove(ids[0] ?? '', 100)
        table.sample(timeMs + round * 20_000 + 1000)
        table.put(makeContainer({ id: ids[1] ?? '', state: 'exited', pid: 0 }))
        table.remove(ids[2] ?? '')
        table.put(makeContainer({ id: ids[0] ?? '', state: 'exited', pid: 0 }))
        assert.equal(budget.left, 1000)
        assert.equal(countDescriptors(), before)
      }
    }
    assert.equal(countDescriptors(), before)
  })

  test('keeps no more files open than it may, and reads all the same', (t) => {
    const clock = stopClock(t)
    using opened = open({ openFiles: 4 })
    const { host, table } = opened
    const before = countDescriptors()
    const ids = ['a', 'b', 'c'].map((digit) => digit.repeat(64))
    for (const [at, id] of ids.entries()) {
      host.put(id, 100 + at, figures)
      table.put(makeContainer({ id, pid: 100 + at }))
    }
    clock.moveMs(1000)
    const rss = table.sample(timeMs).filter(({ series }) => series.metric === 'docker.mem.rss')
    assert.equal(rss.length, 3)
    assert.equal(countDescriptors(), before + 4)
  })

  test('tells the processes killed since it was asked, also of a container that has ended', () => {
    using opened = open({ version: 'v1' })
    const { host, table } = opened
    host.put(web.id, web.pid, { ...figures, limitHits: 1, oomKills: 1 })
    table.put(web)
    table.sample(timeMs)
    assert.deepEqual(table.takeOomKills(), [])
    host.put(web.id, web.pid, { ...later, limitHits: 5, oomKills: 3 })
    table.sample(timeMs + 1000)
    host.remove(web.id, web.pid)
    table.sample(timeMs + 2000)
    assert.deepEqual(table.takeOomKills(), [{ id: web.id, count: 2 }])
    assert.deepEqual(table.takeOomKills(), [])
  })

  test('tells the processes killed before the first reading of a container that started since, once', () => {
    using opened = open({ version: 'v1', watchedFromMs: web.startedAtMs ?? 0 })
    const { host, table } = opened
    host.put(web.id, web.pid, { ...figures, limitHits: 4, oomKills: 2 })
    table.put(web)
    assert.deepEqual(table.takeOomKills(), [{ id: web.id, count: 2 }])
    table.sample(timeMs)
    assert.deepEqual(table.takeOomKills(), [])
    // Killed just before its files are opened again.
    host.put(web.id, web.pid, { ...later, limitHits: 5, oomKills: 3 })
    table.put({ ...web, name: 'renamed' })
    assert.deepEqual(table.takeOomKills(), [{ id: web.id, count: 1 }])
    table.sample(timeMs + 1000)
    assert.deepEqual(table.takeOomKills(), [])
  })

  test('keeps the newest reading of a container until it is removed', () => {
    using opened = open()
    const { host, table } = opened
    host.put(web.id, web.pid, figures)
    table.put(web)
    table.sample(timeMs)
    host.remove(web.id, web.pid)
    table.sample(timeMs + 1000)
    table.put({ ...web, state: 'exited', pid: 0 })
    assert.equal(table.lastReading(web.id)?.sample.cpuNanos, 9e9)
    assert.equal(table.lastReading(web.id)?.interfaces?.[0]?.receivedBytes, 5000)
    table.remove(web.id)
    assert.equal(table.lastReading(web.id), undefined)
  })

  test('only counts a container that is left out, and forgets one that is left out by its new name', () => {
    using opened = open({ isWatched: ({ name }) => name !== 'secret' })
    const { host, table } = opened
    host.put(web.id, web.pid, figures)
    table.put({ ...web, name: 'secret' })
    assert.deepEqual(table.sample(timeMs), [])
    assert.deepEqual(table.all(), [])
    assert.deepEqual(table.takeChanges(), { containers: [], removedIds: [] })
    assert.deepEqual(table.needsEngineFigures(), [])
    assert.deepEqual(
      table.counted().map(({ isWatched, state }) => [isWatched, state]),
      [[false, 'running']],
    )
    table.put(web)
    assert.equal(table.takeChanges().containers.length, 1)
    assert.ok(table.sample(timeMs).length > 0)
    table.put({ ...web, name: 'secret' })
    assert.deepEqual(table.takeChanges(), { containers: [], removedIds: [web.id] })
    assert.deepEqual(table.sample(timeMs), [])
  })

  test('takes figures of the engine where there is no cgroup, until there is one', (t) => {
    const clock = stopClock(t)
    using opened = open()
    const { host, table } = opened
    table.put(web)
    assert.deepEqual(table.needsEngineFigures(), [], 'one look is not enough')
    clock.moveMs(1000)
    table.sample(timeMs)
    assert.deepEqual(
      table.needsEngineFigures().map(({ id }) => id),
      [web.id],
    )
    assert.equal(table.all()[0]?.figuresFrom, undefined)
    table.takeReading(web.id, engineReading(10_000, 1e9))
    assert.equal(valueOf(table.sample(timeMs), 'docker.mem.rss'), 4096)
    assert.deepEqual(table.unreadable(), [])
    assert.equal(table.all()[0]?.figuresFrom, 'engine')
    table.takeReading(web.id, engineReading(20_000, 2e9))
    const points = table.sample(timeMs + 10_000)
    assert.equal(valueOf(points, 'docker.cpu.usage'), 10)
    assert.equal(
      points.find(({ series }) => series.metric === 'docker.cpu.usage')?.series.intervalS,
      10,
    )
    assert.deepEqual(table.sample(timeMs + 11_000), [], 'one answer gives points once')
    host.put(web.id, web.pid, figures)
    clock.moveMs(30_000)
    table.takeChanges()
    table.sample(timeMs + 12_000)
    assert.equal(table.takeChanges().containers[0]?.figuresFrom, 'cgroup')
    assert.deepEqual(table.needsEngineFigures(), [])
  })

  test('asks the engine at once for all containers of another machine', () => {
    using opened = open({ isEngineLocal: false })
    const { table } = opened
    table.put(web)
    table.put(makeContainer({ id: 'd'.repeat(64), state: 'exited', pid: 0 }))
    assert.deepEqual(
      table.needsEngineFigures().map(({ id }) => id),
      [web.id],
    )
  })

  test('does not limit a container of another machine to the CPUs of this one', () => {
    using opened = open({ isEngineLocal: false })
    const { table } = opened
    const { limits, ...rest } = engineReading(1000, 1e9)
    table.put(web)
    table.takeReading(web.id, { ...rest, limits: { ...limits, cpusetCores: 64 } })
    assert.equal(valueOf(table.sample(timeMs), 'docker.cpu.limit'), 6400)
    table.takeReading(web.id, { ...rest, limits })
    assert.equal(valueOf(table.sample(timeMs + 10_000), 'docker.cpu.limit'), undefined)
  })
})

/** What the engine may answer: CPU and memory, nothing else. */
function engineReading(readAtMs: number, cpuNanos: number): Reading {
  const none = undefined
  return {
    sample: {
      readAtMs,
      cpuNanos,
      cpuUserNanos: none,
      cpuSystemNanos: none,
      quotaPeriods: none,
      throttledPeriods: none,
      throttledNanos: none,
      memoryUsageBytes: none,
      memoryAnonBytes: 4096,
      memoryFileBytes: none,
      memoryInactiveFileBytes: none,
      memoryKernelBytes: none,
      memorySwapBytes: none,
      memoryLimitHits: none,
      oomKills: none,
      pageFaults: none,
      majorPageFaults: none,
      threads: none,
      devices: none,
      cpuStalledNanos: none,
      memoryStalledNanos: none,
      ioStalledNanos: none,
    },
    limits: {
      quotaCores: none,
      cpusetCores: none,
      cpuShares: none,
      memoryBytes: none,
      memorySoftBytes: none,
      memorySwapBytes: none,
      memoryPeakBytes: none,
      threads: none,
    },
    interfaces: none,
  }
}
