import assert from 'node:assert/strict'
import { mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { openReaderV1 } from './reader-v1.ts'
import type { CgroupLimits, CgroupReader, CgroupSample } from './sample.ts'

/** Reads a container whose controllers have these files. */
function read(files: Readonly<Record<string, string>>): {
  sample: CgroupSample | undefined
  limits: CgroupLimits
} {
  using root = mkdtempDisposableSync(join(tmpdir(), 'vigie-v1-'))
  const controllers = new Map<string, string>()
  for (const [name, text] of Object.entries(files)) {
    const controller = name.slice(0, name.indexOf('/'))
    const file = name.slice(controller.length + 1)
    controllers.set(controller, join(root.path, controller))
    const path = join(root.path, controller, 'docker/x', file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  const reader = openReaderV1(controllers, 'docker/x', { left: 0 })
  return { sample: reader.read(), limits: reader.readLimits() }
}

describe('openReaderV1()', () => {
  test('takes a counter that went below zero for absent', () => {
    const stat = 'total_rss 18446744073709547520\ntotal_cache 4096\n'
    const { sample } = read({ 'memory/memory.stat': stat, 'memory/memory.usage_in_bytes': '1\n' })
    assert.equal(sample?.memoryAnonBytes, undefined)
    assert.equal(sample?.memoryFileBytes, 4096)
  })

  for (const limit of ['9223372036854771712', '0']) {
    test(`takes a memory limit of ${limit} for none`, () => {
      const { limits } = read({ 'memory/memory.stat': `hierarchical_memory_limit ${limit}\n` })
      assert.equal(limits.memoryBytes, undefined)
    })
  }

  test('takes a quota of -1 for none', () => {
    const { limits } = read({ 'cpu/cpu.cfs_quota_us': '-1\n', 'cpu/cpu.cfs_period_us': '100000\n' })
    assert.equal(limits.quotaCores, undefined)
  })

  test('reads what is there where a controller is missing', () => {
    const { sample } = read({ 'cpuacct/cpuacct.usage': '7000\n' })
    assert.equal(sample?.cpuNanos, 7000)
    assert.deepEqual(
      [sample.memoryUsageBytes, sample.threads, sample.devices],
      [undefined, undefined, undefined],
    )
  })

  test('tells no device apart from no file', () => {
    const usage = { 'cpuacct/cpuacct.usage': '7000\n' }
    const none = read({ ...usage, 'blkio/blkio.throttle.io_service_bytes': 'Total 0\n' })
    assert.deepEqual(none.sample?.devices, [])
  })

  test('says that the cgroup is gone when neither CPU nor memory can be read', () => {
    assert.equal(read({ 'pids/pids.current': '1\n' }).sample, undefined)
  })

  test('takes the quota of the parent where it has none of its own', () => {
    const none = { 'cpu/cpu.cfs_quota_us': '-1\n', 'cpu/cpu.cfs_period_us': '100000\n' }
    const parent = { 'cpu/../cpu.cfs_quota_us': '50000\n', 'cpu/../cpu.cfs_period_us': '100000\n' }
    assert.equal(read({ ...none, ...parent }).limits.quotaCores, 0.5)
    const own = { ...none, 'cpu/cpu.cfs_quota_us': '20000\n' }
    assert.equal(read({ ...own, ...parent }).limits.quotaCores, 0.2)
  })

  test('has nothing at all for files that are not there', () => {
    const { sample, limits } = read({ 'cpuacct/cpuacct.usage': '7000\n' })
    const { readAtMs: _readAtMs, cpuNanos: _cpuNanos, ...rest } = sample ?? { readAtMs: 0 }
    const values = [...Object.values(rest), ...Object.values(limits)]
    assert.ok(values.length > 25 && values.every((value) => value === undefined))
  })
})

describe('CgroupReader on v1', () => {
  /** A container whose files are written anew for each reading; none of them stays open. */
  function open(): {
    write: (files: Readonly<Record<string, string>>) => void
    reader: CgroupReader
    [Symbol.dispose](): void
  } {
    const root = mkdtempDisposableSync(join(tmpdir(), 'vigie-v1-'))
    const controllers = new Map(
      ['cpuacct', 'memory', 'pids', 'blkio'].map((name) => [name, join(root.path, name)]),
    )
    return {
      write: (files) => {
        for (const [name, text] of Object.entries(files)) {
          const [controller = '', file = ''] = name.split('/')
          const path = join(root.path, controller, 'docker/x', file)
          mkdirSync(dirname(path), { recursive: true })
          writeFileSync(path, text)
        }
      },
      reader: openReaderV1(controllers, 'docker/x', { left: 0 }),
      [Symbol.dispose]: () => root[Symbol.dispose](),
    }
  }
  const atRest = {
    'cpuacct/cpuacct.usage': '7000\n',
    'memory/memory.usage_in_bytes': '8192\n',
    'memory/memory.stat': 'hierarchical_memory_limit 65536\ntotal_rss 4096\n',
    'memory/memory.failcnt': '0\n',
    'memory/memory.oom_control': 'oom_kill 0\n',
    'pids/pids.current': '1\n',
  }

  test('reads a container that has moved, and all of one that has not when asked for all', () => {
    using opened = open()
    opened.write(atRest)
    opened.reader.read()
    opened.write({ 'memory/memory.stat': 'total_rss 5000\n', 'pids/pids.current': '2\n' })
    const still = opened.reader.read('moving')
    assert.deepEqual([still?.memoryAnonBytes, still?.threads], [4096, 2])
    assert.equal(opened.reader.read('all')?.memoryAnonBytes, 5000)
    opened.write({ 'cpuacct/cpuacct.usage': '7001\n', 'memory/memory.stat': 'total_rss 6000\n' })
    assert.equal(opened.reader.read('moving')?.memoryAnonBytes, 6000)
  })

  test('sees a kill that is counted after the limit was hit', () => {
    using opened = open()
    opened.write(atRest)
    assert.equal(opened.reader.read()?.oomKills, 0)
    opened.write({ 'memory/memory.failcnt': '3\n', 'cpuacct/cpuacct.usage': '7001\n' })
    assert.equal(opened.reader.read('moving')?.memoryLimitHits, 3)
    opened.write({ 'memory/memory.oom_control': 'oom_kill 1\n', 'cpuacct/cpuacct.usage': '7002\n' })
    assert.equal(opened.reader.read('moving')?.oomKills, 1)
  })

  test('reads operations again as soon as bytes have moved', () => {
    using opened = open()
    const io = (bytes: number, operations: number): Record<string, string> => ({
      'blkio/blkio.throttle.io_service_bytes': `8:0 Read ${bytes}\n8:0 Write 0\nTotal ${bytes}\n`,
      'blkio/blkio.throttle.io_serviced': `8:0 Read ${operations}\n8:0 Write 0\nTotal ${operations}\n`,
    })
    opened.write({ ...atRest, ...io(4096, 1) })
    assert.equal(opened.reader.read()?.devices?.[0]?.readOperations, 1)
    opened.write(io(8192, 2))
    const [device] = opened.reader.read('moving')?.devices ?? []
    assert.deepEqual([device?.readBytes, device?.readOperations], [8192, 2])
  })
})
