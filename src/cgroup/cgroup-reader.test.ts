import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { describe, test } from 'node:test'
import { findHierarchy } from './hierarchy.ts'
import { openCgroup } from './open-cgroup.ts'
import type { CgroupReader } from './sample.ts'

const folder = new URL('cases/', import.meta.url)
const names = readdirSync(folder).filter((name) => statSync(new URL(name, folder)).isDirectory())

/** Opens the recorded container of a case. */
function openCase(name: string, budget = { left: 100 }): CgroupReader | undefined {
  const root = new URL(`${name}/input`, folder).pathname
  const id = readFileSync(new URL(`${name}/container-id`, folder), 'utf8').trim()
  const wanted = { id, pid: 0, cgroupParent: '' }
  return openCgroup(findHierarchy(root), wanted, { procRoot: '/nonexistent', budget })
}

describe('openCgroup()', () => {
  for (const name of names) {
    test(`reads the recorded tree ${name}`, (t) => {
      const reader = openCase(name)
      const { readAtMs: _readAtMs, ...sample } = reader?.read() ?? { readAtMs: 0 }
      const seen = { sample, limits: reader?.readLimits() }
      reader?.close()
      t.assert.fileSnapshot(seen, new URL(`${name}/expected.json`, folder).pathname, {
        serializers: [(value) => `${JSON.stringify(value, null, 2)}\n`],
      })
    })
  }

  test('gives every descriptor back when it is closed', () => {
    const budget = { left: 100 }
    const reader = openCase('v2-systemd-limited', budget)
    reader?.read()
    assert.ok(budget.left < 100)
    reader?.close()
    assert.equal(budget.left, 100)
  })

  test('reads the same without any descriptor to keep', () => {
    const kept = openCase('v1-cgroupfs-limited')
    const anew = openCase('v1-cgroupfs-limited', { left: 0 })
    const { readAtMs: _a, ...first } = kept?.read() ?? { readAtMs: 0 }
    const { readAtMs: _b, ...second } = anew?.read() ?? { readAtMs: 0 }
    kept?.close()
    assert.deepEqual(second, first)
    assert.ok('cpuNanos' in second && second.cpuNanos !== undefined)
  })

  test('finds nothing for a container that is not there', () => {
    const root = new URL('v2-systemd-limited/input', folder).pathname
    const wanted = { id: 'f'.repeat(64), pid: 0, cgroupParent: '' }
    const opened = openCgroup(findHierarchy(root), wanted, { procRoot: '/', budget: { left: 9 } })
    assert.equal(opened, undefined)
  })
})
