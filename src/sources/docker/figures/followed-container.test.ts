import assert from 'node:assert/strict'
import { describe, mock, test } from 'node:test'
import { makeContainer } from '../../../../test/agent/engine-container.ts'
import { FakeHost, type Figures as FakeFigures } from '../../../../test/agent/fake-host.ts'
import { createDeviceNames } from '../../../cgroup/device-names.ts'
import { findHierarchy } from '../../../cgroup/hierarchy.ts'
import { openNetReader } from '../../../cgroup/net-reader.ts'
import { createOpenFileCounter } from '../../../cgroup/count-open-files.ts'
import { openCgroup } from '../../../cgroup/open-cgroup.ts'
import type { Point } from '../../../model/series.ts'
import { Figures } from './figures.ts'
import { FollowedContainer } from './followed-container.ts'
import { NetworkNames } from './network-names.ts'
import { OomKills } from './oom-kills.ts'

const container = makeContainer()
const timeMs = 1_795_000_100_000
const mib = 1024 * 1024

const before: FakeFigures = {
  cpuMicros: 5_000_000,
  userTicks: 300,
  systemTicks: 200,
  throttledPeriods: 40,
  quota: ['max', 100_000],
  cpuset: '0-3',
  rss: 30 * mib,
  cache: 10 * mib,
  inactiveFile: 6 * mib,
  usage: 42 * mib,
  limit: 120 * mib,
  threads: 3,
  io: [['254:0', 4096, 8192, 1, 2]],
  net: [['eth0', 1000, 2000, [10, 1, 2], [20, 3, 4]]],
  throttledMicros: 700_000,
  swap: 8 * mib,
  kernelMemory: 2 * mib,
  limitHits: 4,
  oomKills: 1,
  pageFaults: 1000,
  majorPageFaults: 5,
  shares: 512,
  weight: 20,
  softLimit: 60 * mib,
  peak: 50 * mib,
  threadLimit: 100,
  stalledMicros: [1000, 2000, 3000],
  openFiles: 7,
}

/** Half a second of 80 % of one core later. */
const after: FakeFigures = {
  ...before,
  cpuMicros: 5_400_000,
  userTicks: 325,
  systemTicks: 210,
  throttledPeriods: 43,
  io: [['254:0', 4096 + 1000, 8192 + 3000, 1 + 5, 2 + 7]],
  net: [['eth0', 1000 + 600, 2000 + 50, [10 + 8, 1 + 7, 2 + 6], [20 + 4, 3 + 3, 4 + 2]]],
  throttledMicros: 700_000 + 100_000,
  pageFaults: 1000 + 30,
  majorPageFaults: 5 + 1,
  stalledMicros: [1000 + 5000, 2000, 3000 + 1000],
}

/** Memory and swap together on v1, swap alone on v2; the same limit either way. */
const swapLimits = { v1: 240 * mib, v2: 120 * mib } as const

interface Options {
  readonly hostCpuCount?: number
  readonly cappedMetrics?: Readonly<Record<string, number>>
}

/** Follows the container on a host without room for open files, so that a file taken away is gone. */
function follow(host: FakeHost, options: Options = {}): FollowedContainer {
  const { cgroupRoot, procRoot } = host
  const budget = { left: 0 }
  const cgroup = openCgroup(findHierarchy(cgroupRoot), container, { procRoot, budget })
  assert.ok(cgroup, 'the fake host has no such cgroup')
  const figures = new Figures({
    id: container.id,
    startedAtMs: container.startedAtMs,
    host: 'box-1',
    tags: ['container_name:web'],
    intervalS: 1,
    slowIntervalMs: 15_000,
    hostCpuCount: options.hostCpuCount ?? 8,
    cappedMetrics: options.cappedMetrics ?? {},
    deviceName: createDeviceNames(procRoot),
    networkNames: new NetworkNames(() => new Map([['eth0', 'bridge']])),
    hasOwnNetwork: true,
    oomKills: new OomKills(0),
  })
  return new FollowedContainer(figures, {
    cgroup,
    net: openNetReader(procRoot, container.pid, budget),
    countOpenFiles: () => createOpenFileCounter(procRoot)(cgroup.folder),
  })
}

function sample(followed: FollowedContainer, atMs: number): readonly Point[] | undefined {
  const points: Point[] = []
  return followed.sample(atMs, points) && points
}

/** The points of a second sample, half a second behind the first. */
function sampleTwice(
  version: 'v1' | 'v2',
  [first, second]: readonly [FakeFigures, FakeFigures],
  options?: Options,
): readonly Point[] | undefined {
  using host = new FakeHost(version)
  let nowMs = 1000
  const clock = mock.method(performance, 'now', () => nowMs)
  try {
    host.put(container.id, container.pid, first)
    const followed = follow(host, options)
    sample(followed, timeMs)
    host.put(container.id, container.pid, second)
    nowMs = 1500
    return sample(followed, timeMs + 500)
  } finally {
    clock.mock.restore()
  }
}

/** Value by metric and the tags of its own. */
function valuesOf(points: readonly Point[] | undefined): Record<string, number> {
  return Object.fromEntries(
    (points ?? []).map(({ series, value }) => [
      [series.metric, ...series.tags.slice(1)].join(' '),
      value,
    ]),
  )
}

for (const version of ['v1', 'v2'] as const) {
  describe(`FollowedContainer on cgroup ${version}`, () => {
    test('gives every figure by its formula', () => {
      const swapLimit = swapLimits[version]
      const points = sampleTwice(version, [
        { ...before, swapLimit },
        { ...after, swapLimit },
      ])
      const device = 'device:vda device_name:vda'
      const network = 'docker_network:bridge'
      const link = 'interface:eth0'
      assert.deepEqual(valuesOf(points), {
        'docker.cpu.usage': 80,
        'docker.cpu.user': 50,
        'docker.cpu.system': 20,
        'docker.cpu.throttled': 6,
        'docker.cpu.throttled.time': 20,
        'docker.cpu.limit': 400,
        'docker.cpu.shares': version === 'v1' ? 512 : 500,
        'docker.kmem.usage': 2 * mib,
        'docker.mem.rss': 30 * mib,
        'docker.mem.cache': 10 * mib,
        'docker.mem.swap': 8 * mib,
        'docker.mem.limit': 120 * mib,
        'docker.mem.soft_limit': 60 * mib,
        'docker.mem.sw_limit': swapLimit,
        'docker.mem.in_use': 0.25,
        'docker.mem.sw_in_use': 38 / 240,
        'docker.mem.failed_count': 4,
        'docker.mem.working_set': 36 * mib,
        [`docker.io.read_bytes ${device}`]: 2000,
        [`docker.io.write_bytes ${device}`]: 6000,
        [`docker.io.read_operations ${device}`]: 10,
        [`docker.io.write_operations ${device}`]: 14,
        [`docker.net.bytes_rcvd ${network}`]: 1200,
        [`docker.net.bytes_sent ${network}`]: 100,
        'docker.thread.count': 3,
        'docker.thread.limit': 100,
        'docker.container.open_fds': 7,
        'docker.uptime': 99.5,
        'container.cpu.usage': 8e8,
        'container.cpu.user': 5e8,
        'container.cpu.system': 2e8,
        'container.cpu.throttled': 2e8,
        'container.cpu.throttled.periods': 6,
        'container.cpu.limit': 4e9,
        'container.memory.usage': 42 * mib,
        'container.memory.usage.peak': 50 * mib,
        'container.memory.kernel': 2 * mib,
        'container.memory.limit': 120 * mib,
        'container.memory.soft_limit': 60 * mib,
        'container.memory.rss': 30 * mib,
        'container.memory.cache': 10 * mib,
        'container.memory.swap': 8 * mib,
        'container.memory.oom_events': 4,
        'container.memory.working_set': 36 * mib,
        'container.memory.page_faults': 30,
        'container.memory.major_page_faults': 1,
        [`container.io.read ${device}`]: 2000,
        [`container.io.write ${device}`]: 6000,
        [`container.io.read.operations ${device}`]: 10,
        [`container.io.write.operations ${device}`]: 14,
        [`container.net.rcvd ${link}`]: 1200,
        [`container.net.rcvd.packets ${link}`]: 16,
        [`container.net.rcvd.errors ${link}`]: 14,
        [`container.net.rcvd.drops ${link}`]: 12,
        [`container.net.sent ${link}`]: 100,
        [`container.net.sent.packets ${link}`]: 8,
        [`container.net.sent.errors ${link}`]: 6,
        [`container.net.sent.drops ${link}`]: 4,
        'container.pid.thread_count': 3,
        'container.pid.thread_limit': 100,
        'container.pid.open_files': 7,
        'container.uptime': 99.5,
        ...(version === 'v2' && {
          'container.cpu.partial_stall': 1e7,
          'container.memory.partial_stall': 0,
          'container.io.partial_stall': 2e6,
        }),
      })
      for (const point of points ?? []) {
        assert.equal(point.timeMs, timeMs + 500)
        assert.equal(point.series.tags[0], 'container_name:web')
      }
    })

    test('has gauges but no growth in its first sample', () => {
      using host = new FakeHost(version)
      host.put(container.id, container.pid, before)
      const metrics = Object.keys(valuesOf(sample(follow(host), timeMs)))
      assert.ok(metrics.includes('docker.mem.rss') && metrics.includes('container.cpu.limit'))
      const grown = /\.(io|net)\.|cpu\.(usage|user|system|throttled)|partial_stall|page_faults/
      assert.deepEqual(
        metrics.filter((metric) => grown.test(metric)),
        [],
      )
    })

    test('tells page faults as a count, everything else as a gauge', () => {
      const kinds = (sampleTwice(version, [before, after]) ?? []).map(
        ({ series }) => `${series.metric} ${series.kind}`,
      )
      assert.deepEqual(
        kinds.filter((kind) => kind.endsWith(' count')),
        ['container.memory.page_faults count', 'container.memory.major_page_faults count'],
      )
    })

    test('leaves out a rate at its cap, and none below', () => {
      const cappedMetrics = { 'docker.cpu.usage': 80, 'docker.cpu.user': 50.1 }
      const values = valuesOf(sampleTwice(version, [before, after], { cappedMetrics }))
      assert.ok(!('docker.cpu.usage' in values))
      assert.equal(values['docker.cpu.user'], 50)
    })

    test('has no point at all for files that are not there', () => {
      const little = { cpuMicros: 1000, usage: 4096 }
      const metrics = Object.keys(valuesOf(sampleTwice(version, [little, little])))
      assert.deepEqual(metrics.toSorted(), [
        'container.cpu.limit',
        'container.cpu.usage',
        'container.memory.usage',
        'container.uptime',
        'docker.cpu.limit',
        'docker.cpu.usage',
        'docker.uptime',
      ])
    })

    const limits: readonly [what: string, figures: FakeFigures, hosts: number, percent: number][] =
      [
        ['its quota, when that is less than its cpuset', { quota: [150_000, 100_000] }, 8, 150],
        ['its cpuset, when that is less than its quota', { quota: [600_000, 100_000] }, 8, 400],
        ['its cpuset, when it has no quota', {}, 8, 400],
        ['the host, when its cpuset names more', { cpuset: '0-31' }, 8, 800],
        ['a part of a core', { quota: [5000, 100_000] }, 8, 5],
      ]
    for (const [what, figures, hostCpuCount, percent] of limits) {
      test(`limits CPU to ${what}`, () => {
        const both = { ...before, ...figures }
        const points = sampleTwice(version, [both, both], { hostCpuCount })
        assert.equal(valuesOf(points)['docker.cpu.limit'], percent)
      })
    }

    test('limits CPU to the host, when the cgroup says nothing', () => {
      const { quota: _quota, cpuset: _cpuset, ...rest } = before
      const points = sampleTwice(version, [rest, rest], { hostCpuCount: 2 })
      assert.equal(valuesOf(points)['docker.cpu.limit'], 200)
    })

    test('has neither limit nor use of it for memory without a limit', () => {
      const { limit: _limit, ...rest } = before
      const values = valuesOf(sampleTwice(version, [rest, rest]))
      assert.equal(values['docker.mem.rss'], 30 * mib)
      assert.ok(!('docker.mem.limit' in values) && !('docker.mem.in_use' in values))
    })

    test('has no point for a file that is missing, and all others', () => {
      const { threads: _threads, io: _io, net: _net, ...rest } = after
      const values = valuesOf(sampleTwice(version, [before, rest]))
      assert.equal(values['docker.cpu.usage'], 80)
      for (const metric of Object.keys(values))
        assert.doesNotMatch(metric, /docker\.(thread\.count|io|net)/)
    })

    test('keeps a rate of zero', () => {
      const values = valuesOf(sampleTwice(version, [before, before]))
      assert.equal(values['docker.cpu.usage'], 0)
      assert.equal(values['docker.io.read_bytes device:vda device_name:vda'], 0)
    })

    test('has no rate, above all none below zero, for a counter that went back', () => {
      const values = valuesOf(sampleTwice(version, [after, before]))
      assert.equal(values['docker.mem.rss'], 30 * mib)
      for (const [metric, value] of Object.entries(values)) {
        assert.ok(value >= 0, metric)
        assert.doesNotMatch(metric, /\.(io|net)\.[rws]|cpu\.(usage|user|system|throttled)/)
      }
    })

    test('tells devices apart, and sums those that have no name', () => {
      const io = (bytes: number): FakeFigures => ({
        ...before,
        io: ['254:0', '254:16', '8:0', '8:16'].map((device) => [device, bytes, 0, 0, 0] as const),
      })
      const values = valuesOf(sampleTwice(version, [io(0), io(100)]))
      assert.equal(values['docker.io.read_bytes device:vda device_name:vda'], 200)
      assert.equal(values['docker.io.read_bytes device:vdb device_name:vdb'], 200)
      assert.equal(values['docker.io.read_bytes'], 400)
    })

    test('never has a working set below zero', () => {
      const odd = { ...before, usage: 5 * mib }
      assert.equal(valuesOf(sampleTwice(version, [odd, odd]))['docker.mem.working_set'], 0)
    })

    test('says when the cgroup is gone', () => {
      using host = new FakeHost(version)
      host.put(container.id, container.pid, before)
      const followed = follow(host)
      assert.ok(sample(followed, timeMs))
      host.remove(container.id, container.pid)
      assert.equal(sample(followed, timeMs + 1000), undefined)
    })

    test('reads a changed limit when it is told to, and tells it at once', () => {
      using host = new FakeHost(version)
      let nowMs = 1000
      const clock = mock.method(performance, 'now', () => (nowMs += 1000))
      host.put(container.id, container.pid, before)
      const followed = follow(host)
      sample(followed, timeMs)
      sample(followed, timeMs + 1000)
      host.put(container.id, container.pid, { ...before, limit: 60 * mib })
      const unchanged = valuesOf(sample(followed, timeMs + 2000))
      assert.equal(unchanged['docker.mem.in_use'], 0.25)
      assert.ok(!('docker.mem.limit' in unchanged), 'told again although it is as it was')
      followed.forgetLimits()
      const changed = valuesOf(sample(followed, timeMs + 3000))
      assert.equal(changed['docker.mem.in_use'], 0.5)
      assert.equal(changed['docker.mem.limit'], 60 * mib)
      clock.mock.restore()
    })

    test('tells container.* and limits once in each slow interval, by counters over all of it', () => {
      using host = new FakeHost(version)
      let nowMs = 1000
      const clock = mock.method(performance, 'now', () => nowMs)
      host.put(container.id, container.pid, before)
      const followed = follow(host)
      const seen: [second: number, nanos: number | undefined, limit: number | undefined][] = []
      for (let second = 0; second < 40; second += 1) {
        nowMs += 1000
        // A quadratic counter: a rate over 15 s differs from one over the last second.
        host.put(container.id, container.pid, { ...before, cpuMicros: 1000 * second ** 2 })
        const values = valuesOf(sample(followed, timeMs + second * 1000))
        assert.equal('docker.cpu.usage' in values, second > 0)
        const nanos = values['container.cpu.usage']
        if (nanos !== undefined) seen.push([second, nanos, values['docker.mem.limit']])
      }
      clock.mock.restore()
      const [first, second, third] = seen
      assert.ok(first && second && third)
      assert.deepEqual(first, [1, 1e6, 120 * mib])
      assert.ok(second[0] > 1 && second[0] <= 16)
      assert.equal(third[0] - second[0], 15)
      assert.ok(Math.abs((third[1] ?? 0) - (1e6 * (third[0] ** 2 - second[0] ** 2)) / 15) < 1)
      assert.equal(seen.length, third[0] + 15 < 40 ? 4 : 3)
    })
  })
}
