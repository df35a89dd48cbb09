import assert from 'node:assert/strict'
import { describe, mock, test } from 'node:test'
import { makeContainer } from '../../../test/agent/engine-container.ts'
import { FakeHost, type Figures } from '../../../test/agent/fake-host.ts'
import { createDeviceNames } from '../../cgroup/device-names.ts'
import { findHierarchy } from '../../cgroup/hierarchy.ts'
import { openNetReader } from '../../cgroup/net-reader.ts'
import { openCgroup } from '../../cgroup/open-cgroup.ts'
import type { Point } from '../../model/series.ts'
import { FollowedContainer } from './followed-container.ts'

const container = makeContainer()
const timeMs = 1_795_000_100_000
const mib = 1024 * 1024

const before: Figures = {
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
  net: [['eth0', 1000, 2000]],
}

/** Half a second of 80 % of one core later. */
const after: Figures = {
  ...before,
  cpuMicros: 5_400_000,
  userTicks: 325,
  systemTicks: 210,
  throttledPeriods: 43,
  io: [['254:0', 4096 + 1000, 8192 + 3000, 1 + 5, 2 + 7]],
  net: [['eth0', 1000 + 600, 2000 + 50]],
}

interface Options {
  readonly hostCpuCount?: number
}

/** Follows the container on a host without room for open files, so that a file taken away is gone. */
function follow(host: FakeHost, { hostCpuCount = 8 }: Options = {}): FollowedContainer {
  const { cgroupRoot, procRoot } = host
  const budget = { left: 0 }
  const cgroup = openCgroup(findHierarchy(cgroupRoot), container, { procRoot, budget })
  assert.ok(cgroup, 'the fake host has no such cgroup')
  return new FollowedContainer(
    container,
    {
      cgroup,
      net: openNetReader(procRoot, container.pid, budget),
      networkOf: () => 'bridge',
      deviceName: createDeviceNames(procRoot),
      hostCpuCount,
    },
    { host: 'box-1', tags: ['container_name:web'], intervalS: 1 },
  )
}

/** The points of a second sample, half a second behind the first. */
function sampleTwice(
  version: 'v1' | 'v2',
  [first, second]: readonly [Figures, Figures],
  options?: Options,
): readonly Point[] | undefined {
  using host = new FakeHost(version)
  let nowMs = 1000
  const clock = mock.method(performance, 'now', () => nowMs)
  try {
    host.put(container.id, container.pid, first)
    const followed = follow(host, options)
    followed.sample(timeMs)
    host.put(container.id, container.pid, second)
    nowMs = 1500
    return followed.sample(timeMs + 500)
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
      const points = sampleTwice(version, [before, after])
      const device = 'device:vda device_name:vda'
      assert.deepEqual(valuesOf(points), {
        'docker.cpu.usage': 80,
        'docker.cpu.user': 50,
        'docker.cpu.system': 20,
        'docker.cpu.throttled': 6,
        'docker.cpu.limit': 400,
        'docker.mem.rss': 30 * mib,
        'docker.mem.cache': 10 * mib,
        'docker.mem.limit': 120 * mib,
        'docker.mem.in_use': 0.25,
        'docker.mem.working_set': 36 * mib,
        [`docker.io.read_bytes ${device}`]: 2000,
        [`docker.io.write_bytes ${device}`]: 6000,
        [`docker.io.read_operations ${device}`]: 10,
        [`docker.io.write_operations ${device}`]: 14,
        'docker.net.bytes_rcvd docker_network:bridge': 1200,
        'docker.net.bytes_sent docker_network:bridge': 100,
        'docker.thread.count': 3,
        'docker.uptime': 99.5,
      })
      for (const point of points ?? []) {
        assert.equal(point.timeMs, timeMs + 500)
        assert.equal(point.series.tags[0], 'container_name:web')
      }
    })

    test('has no rate in its first sample', () => {
      using host = new FakeHost(version)
      host.put(container.id, container.pid, before)
      assert.deepEqual(Object.keys(valuesOf(follow(host).sample(timeMs))), [
        'docker.cpu.limit',
        'docker.mem.rss',
        'docker.mem.cache',
        'docker.mem.limit',
        'docker.mem.in_use',
        'docker.mem.working_set',
        'docker.thread.count',
        'docker.uptime',
      ])
    })

    const limits: readonly [what: string, figures: Figures, hosts: number, percent: number][] = [
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
        assert.doesNotMatch(metric, /docker\.(thread|io|net)/)
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
        assert.doesNotMatch(metric, /docker\.(io|net|cpu\.(usage|user|system|throttled))/)
      }
    })

    test('tells devices apart, and sums those that have no name', () => {
      const io = (bytes: number): Figures => ({
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
      assert.ok(followed.sample(timeMs))
      host.remove(container.id, container.pid)
      assert.equal(followed.sample(timeMs + 1000), undefined)
    })

    test('reads a changed limit when it is told to', () => {
      using host = new FakeHost(version)
      host.put(container.id, container.pid, before)
      const followed = follow(host)
      followed.sample(timeMs)
      host.put(container.id, container.pid, { ...before, limit: 60 * mib })
      assert.equal(valuesOf(followed.sample(timeMs + 1000))['docker.mem.in_use'], 0.25)
      followed.forgetLimits()
      assert.equal(valuesOf(followed.sample(timeMs + 2000))['docker.mem.in_use'], 0.5)
    })
  })
}
