import assert from 'node:assert/strict'
import { mkdirSync, mkdtempDisposableSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { createOpenFileCounter } from './count-open-files.ts'

/** A cgroup with these processes, and one below it for each further list. */
function openFolder(...pids: readonly (readonly number[])[]): {
  path: string
  [Symbol.dispose](): void
} {
  const folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-fds-'))
  for (const [depth, list] of pids.entries()) {
    const path = join(folder.path, ...Array.from({ length: depth }, () => 'child'))
    mkdirSync(path, { recursive: true })
    writeFileSync(join(path, 'cgroup.procs'), list.map((pid) => `${pid}\n`).join(''))
  }
  return folder
}

describe('createOpenFileCounter()', () => {
  test('counts what a real process holds open', () => {
    using folder = openFolder([process.pid])
    const count = createOpenFileCounter('/proc')(folder.path)
    // Listing them takes one more.
    const listed = readdirSync('/proc/self/fd').length
    assert.ok(count === listed - 1 || count === listed, `${count}, listed ${listed}`)
  })

  test('adds up the processes of cgroups below, and leaves out those that are gone', () => {
    using proc = mkdtempDisposableSync(join(tmpdir(), 'vigie-proc-'))
    for (const [pid, files] of [
      [7, 2],
      [12, 3],
    ]) {
      const path = join(proc.path, String(pid), 'fd')
      mkdirSync(path, { recursive: true })
      for (let fd = 0; fd < (files ?? 0); fd += 1) writeFileSync(join(path, String(fd)), '')
    }
    using folder = openFolder([7, 99], [12])
    assert.equal(createOpenFileCounter(proc.path)(folder.path), 5)
  })

  for (const [claim, pids] of [
    ['says nothing of a cgroup without processes', []],
    ['says nothing where it cannot see the processes', [0]],
    ['says nothing when all of them are gone', [4_000_000]],
  ] as const) {
    test(claim, () => {
      using folder = openFolder(pids)
      assert.equal(createOpenFileCounter('/proc')(folder.path), undefined)
    })
  }
})
