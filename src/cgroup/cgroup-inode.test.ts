import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { FakeHost } from '../../test/agent/fake-host.ts'
import { readCgroupInode } from './cgroup-inode.ts'
import { findHierarchy } from './hierarchy.ts'

const id = 'c0ffee'.padEnd(64, '0')
const wanted = { id, pid: 42, cgroupParent: '' }

describe('readCgroupInode()', () => {
  for (const [version, folder] of [
    ['v1', `memory/docker/${id}`],
    ['v2', `docker/${id}`],
  ] as const) {
    test(`gives the number of the folder on cgroup ${version}`, () => {
      using host = new FakeHost(version)
      host.put(id, 42, { cpuMicros: 1, usage: 4096 })
      const { ino } = statSync(join(host.cgroupRoot, folder), { bigint: true })
      const hierarchy = findHierarchy(host.cgroupRoot)
      assert.equal(readCgroupInode(hierarchy, wanted, host.procRoot), String(ino))
    })
  }

  test('gives nothing for a container without a cgroup', () => {
    using host = new FakeHost('v2')
    const hierarchy = findHierarchy(host.cgroupRoot)
    assert.equal(readCgroupInode(hierarchy, wanted, host.procRoot), undefined)
    assert.equal(readCgroupInode({ version: 'none' }, wanted, host.procRoot), undefined)
  })
})
