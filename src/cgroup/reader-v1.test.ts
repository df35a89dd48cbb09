import assert from 'node:assert/strict'
import { mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { openReaderV1 } from './reader-v1.ts'
import type { CgroupLimits, CgroupSample } from './sample.ts'

/** Reads a container whose controllers have these files. */
function read(files: Readonly<Record<string, string>>): {
  sample: CgroupSample | undefined
  limits: CgroupLimits
} {
  using root = mkdtempDisposableSync(join(tmpdir(), 'vigie-v1-'))
  const controllers = new Map<string, string>()
  for (const [name, text] of Object.entries(files)) {
    const [controller = '', file = ''] = name.split('/')
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
})
