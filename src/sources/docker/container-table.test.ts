import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeContainer } from '../../../test/agent/engine-container.ts'
import type { Figures } from '../../../test/agent/fake-host.ts'
import { open, stopClock, timeMs, valueOf } from '../../../test/agent/open-table.ts'
import type { Point } from '../../model/series.ts'
import type { ContainerTable } from './container-table.ts'

const web = makeContainer()
const figures: Figures = { cpuMicros: 9_000_000, rss: 1000, io: [['254:0', 1, 2, 3, 4]] }

/** Metrics with the network they are of. */
function networksOf(points: readonly Point[]): readonly string[] {
  return points
    .filter(({ series }) => series.metric === 'docker.net.bytes_rcvd')
    .flatMap(({ series }) => series.tags.filter((tag) => tag.startsWith('docker_network:')))
}

describe('ContainerTable', () => {
  test('has a rate in the first sample, measured from the moment the container came', (t) => {
    const clock = stopClock(t)
    using opened = open()
    const { host, table } = opened
    host.put(web.id, web.pid, figures)
    table.put(web)
    clock.moveMs(400)
    host.put(web.id, web.pid, { ...figures, cpuMicros: 9_100_000 })
    assert.equal(valueOf(table.sample(timeMs), 'docker.cpu.usage'), 25)
  })

  test('has no rate below zero when a container was restarted', (t) => {
    const clock = stopClock(t)
    using opened = open()
    const { host, table } = opened
    host.put(web.id, web.pid, figures)
    table.put(web)
    clock.moveMs(1000)
    table.sample(timeMs)
    const again = { ...web, pid: 43, startedAtMs: timeMs }
    host.remove(web.id, web.pid)
    host.put(web.id, 43, { ...figures, cpuMicros: 1000 })
    table.put(again)
    clock.moveMs(1000)
    host.put(web.id, 43, { ...figures, cpuMicros: 101_000 })
    const points = table.sample(timeMs + 1000)
    assert.equal(valueOf(points, 'docker.cpu.usage'), 10)
    assert.equal(valueOf(points, 'docker.uptime'), 1)
    assert.ok(points.every(({ value }) => value >= 0))
  })

  test('has no rate below zero when the restart is seen before the engine tells it', (t) => {
    const clock = stopClock(t)
    using opened = open()
    const { host, table } = opened
    host.put(web.id, web.pid, figures)
    table.put(web)
    clock.moveMs(1000)
    host.put(web.id, web.pid, { ...figures, cpuMicros: 1000, io: [] })
    assert.ok(table.sample(timeMs).every(({ value }) => value >= 0))
  })

  test('keeps counting over news that are no restart', (t) => {
    const clock = stopClock(t)
    using opened = open()
    const { host, table } = opened
    host.put(web.id, web.pid, figures)
    table.put(web)
    clock.moveMs(1000)
    table.put({ ...web, state: 'paused' })
    host.put(web.id, web.pid, { ...figures, cpuMicros: 9_500_000 })
    assert.equal(valueOf(table.sample(timeMs), 'docker.cpu.usage'), 50)
  })

  test('gives the points of a renamed container its new name', () => {
    using opened = open()
    const { host, table } = opened
    host.put(web.id, web.pid, figures)
    table.put(web)
    table.sample(timeMs)
    table.put({ ...web, name: 'front' })
    const points = table.sample(timeMs + 1000)
    assert.ok(points.length > 0)
    for (const { series } of points) {
      assert.ok(series.tags.includes('container_name:front'))
      assert.ok(!series.tags.includes('container_name:web'))
    }
  })

  test('gives every descriptor back when a container is removed, exits, or the table closes', () => {
    for (const end of [
      (table: ContainerTable) => table.remove(web.id),
      (table: ContainerTable) => table.put({ ...web, state: 'exited', pid: 0 }),
      (table: ContainerTable) => table.replaceAll([]),
      (table: ContainerTable) => table.close(),
    ]) {
      using opened = open({ openFiles: 100 })
      const { host, table, budget } = opened
      host.put(web.id, web.pid, { ...figures, net: [['eth0', 1, 2]] })
      table.put(web)
      table.sample(timeMs)
      assert.ok(budget.left < 100)
      end(table)
      assert.equal(budget.left, 100)
    }
  })

  test('has no points of a container that has ended but is not removed', () => {
    using opened = open()
    const { host, table } = opened
    host.put(web.id, web.pid, figures)
    table.put(web)
    host.remove(web.id, web.pid)
    assert.deepEqual(table.sample(timeMs), [])
    assert.deepEqual(table.sample(timeMs + 1000), [])
    assert.deepEqual(table.unreadable(), [])
    table.put({ ...web, state: 'exited', pid: 0, exitCode: 0 })
    assert.equal(table.all()[0]?.state, 'exited')
  })

  test('looks for a missing cgroup again, ever more rarely', (t) => {
    const clock = stopClock(t)
    using opened = open()
    const { host, table } = opened
    table.put(web)
    clock.moveMs(1000)
    table.sample(timeMs)
    assert.deepEqual(table.unreadable(), ['web'])
    host.put(web.id, web.pid, figures)
    clock.moveMs(1900)
    assert.deepEqual(table.sample(timeMs), [])
    clock.moveMs(200)
    assert.ok(table.sample(timeMs).length > 0)
    assert.deepEqual(table.unreadable(), [])
    host.remove(web.id, web.pid)
    table.sample(timeMs)
    table.put(web)
    for (const ms of [1000, 2000, 4000, 8000, 16_000, 30_000]) {
      clock.moveMs(ms)
      table.sample(timeMs)
    }
    host.put(web.id, web.pid, figures)
    clock.moveMs(29_000)
    assert.deepEqual(table.sample(timeMs), [])
    clock.moveMs(1000)
    assert.ok(table.sample(timeMs).length > 0)
  })

  test('does not miss the cgroup of a container that waits to be restarted', () => {
    using opened = open()
    opened.table.put({ ...web, state: 'restarting', pid: 0 })
    assert.deepEqual(opened.table.sample(timeMs), [])
    assert.deepEqual(opened.table.unreadable(), [])
  })

  test('reads nothing for an engine on another machine', () => {
    using opened = open({ isEngineLocal: false })
    const { host, table } = opened
    host.put(web.id, web.pid, figures)
    table.put(web)
    assert.deepEqual(table.sample(timeMs), [])
    assert.equal(table.all().length, 1)
  })

  test('tells each change once', () => {
    using opened = open()
    const { table } = opened
    const other = makeContainer({ id: 'd'.repeat(64), name: 'other' })
    table.put(web)
    table.put({ ...web, state: 'exited', pid: 0 })
    table.put(other)
    table.remove(other.id)
    const { containers, removedIds } = table.takeChanges()
    assert.deepEqual(
      containers.map(({ name, state }) => [name, state]),
      [['web', 'exited']],
    )
    assert.deepEqual(removedIds, [other.id])
    assert.deepEqual(table.takeChanges(), { containers: [], removedIds: [] })
  })

  test('tells a container as it is called everywhere, with the tags of its points', () => {
    using opened = open()
    const { table } = opened
    table.put(web)
    const [container] = table.all()
    assert.ok(container && !('pid' in container) && !('cgroupParent' in container))
    assert.deepEqual(container.tags, table.tagsOf(web.id))
    assert.ok(container.tags.includes('container_name:web'))
  })

  test('takes a new list for all there is, but keeps those that cannot be read now', () => {
    using opened = open()
    const { table } = opened
    const [kept, gone] = ['d', 'e'].map((digit) =>
      makeContainer({ id: digit.repeat(64), name: digit }),
    )
    assert.ok(kept && gone)
    for (const container of [web, kept, gone]) table.put(container)
    table.takeChanges()
    table.replaceAll([web], [kept.id])
    assert.deepEqual(
      table.all().map(({ name }) => name),
      ['web', 'd'],
    )
    assert.deepEqual(table.takeChanges().removedIds, [gone.id])
  })

  const routes = [
    ['eth0', '000011AC', '0000FFFF'],
    ['eth1', '000012AC', '0000FFFF'],
  ] as const
  const bridge = { name: 'bridge', ipAddress: '172.17.0.2' }
  const shop = { name: 'shop', ipAddress: '172.18.0.9' }
  const traffic = [
    ['eth0', 1, 1],
    ['eth1', 1, 1],
    ['tunl0', 0, 0],
  ] as const
  const networkCases: readonly [
    claim: string,
    change: Partial<typeof web>,
    figures: Figures,
    tags: readonly string[],
  ][] = [
    [
      'names networks by the routes to them, and other interfaces by themselves',
      { networks: [shop, bridge] },
      { net: traffic, routes },
      ['bridge', 'shop', 'tunl0'],
    ],
    [
      'gives a network one series, although there are other interfaces',
      { networks: [bridge] },
      { net: traffic, routes: routes.slice(0, 1) },
      ['bridge', 'eth1', 'tunl0'],
    ],
    [
      'takes the first interface for the only network when no route tells',
      { networks: [{ name: 'six' }] },
      { net: traffic, routes: [] },
      ['six', 'eth1', 'tunl0'],
    ],
    [
      'keeps the names of interfaces in the network of the host',
      { networks: [{ name: 'host' }], networkMode: 'host' },
      { net: traffic, routes },
      ['eth0', 'eth1', 'tunl0'],
    ],
  ]
  for (const [claim, change, net, tags] of networkCases) {
    test(claim, (t) => {
      const clock = stopClock(t)
      using opened = open()
      const { host, table } = opened
      host.put(web.id, web.pid, { ...figures, ...net })
      table.put({ ...web, ...change })
      clock.moveMs(1000)
      assert.deepEqual(
        networksOf(table.sample(timeMs)),
        tags.map((tag) => `docker_network:${tag}`),
      )
    })
  }
})
