import assert from 'node:assert/strict'
import { mkdirSync, mkdtempDisposableSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { findHierarchy } from './hierarchy.ts'

describe('findHierarchy()', () => {
  test('knows v2 by the list of controllers at its root', () => {
    using root = mkdtempDisposableSync(join(tmpdir(), 'vigie-cgroup-'))
    writeFileSync(join(root.path, 'cgroup.controllers'), 'cpu io memory pids\n')
    mkdirSync(join(root.path, 'system.slice'))
    assert.deepEqual(findHierarchy(root.path), { version: 'v2', root: root.path })
  })

  test('finds the controllers of v1, those that share a folder and those behind a link', () => {
    using root = mkdtempDisposableSync(join(tmpdir(), 'vigie-cgroup-'))
    for (const folder of ['cpu,cpuacct', 'memory', 'blkio'])
      mkdirSync(join(root.path, folder, 'docker'), { recursive: true })
    symlinkSync('cpu,cpuacct', join(root.path, 'cpu'))
    const found = findHierarchy(root.path)
    assert.equal(found.version, 'v1')
    const controllers = found.version === 'v1' ? found.controllers : new Map<string, string>()
    assert.equal(controllers.get('memory'), join(root.path, 'memory'))
    assert.equal(controllers.get('cpuacct'), join(root.path, 'cpu,cpuacct'))
    assert.match(controllers.get('cpu') ?? '', /\/cpu(,cpuacct)?$/)
  })

  test('takes v1 on a host that has both, where the controllers are', () => {
    using root = mkdtempDisposableSync(join(tmpdir(), 'vigie-cgroup-'))
    for (const folder of ['memory', 'unified', 'systemd']) mkdirSync(join(root.path, folder))
    writeFileSync(join(root.path, 'unified', 'cgroup.controllers'), '\n')
    assert.equal(findHierarchy(root.path).version, 'v1')
  })

  test('finds nothing where only systemd has its tree', () => {
    using root = mkdtempDisposableSync(join(tmpdir(), 'vigie-cgroup-'))
    mkdirSync(join(root.path, 'systemd'))
    assert.deepEqual(findHierarchy(root.path), { version: 'none' })
  })

  test('finds nothing in a folder that is not there', () => {
    assert.deepEqual(findHierarchy('/nonexistent'), { version: 'none' })
  })
})
