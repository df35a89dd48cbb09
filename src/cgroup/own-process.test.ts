import assert from 'node:assert/strict'
import { mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { isProcessOf, readNetworkNamespace } from './own-process.ts'

const id = 'c0ffee'.padEnd(64, '0')

describe('isProcessOf()', () => {
  const cases: readonly [claim: string, text: string | undefined, isOurs: boolean][] = [
    ['knows a process by its cgroup', `9:memory:/docker/${id}\n0::/\n`, true],
    [
      'knows one whose container has made cgroups',
      `0::/system.slice/docker-${id}.scope/init\n`,
      true,
    ],
    ['refuses a process of another container', `0::/docker/${'d'.repeat(64)}\n`, false],
    ['refuses a process of the host', '9:memory:/user.slice\n0::/\n', false],
    ['takes one whose cgroup is hidden by a namespace', '0::/\n', true],
    ['takes one whose cgroup cannot be read', undefined, true],
  ]
  for (const [claim, text, isOurs] of cases) {
    test(claim, () => {
      using proc = mkdtempDisposableSync(join(tmpdir(), 'vigie-own-'))
      mkdirSync(join(proc.path, '42'))
      if (text !== undefined) writeFileSync(join(proc.path, '42/cgroup'), text)
      assert.equal(isProcessOf(id, 42, proc.path), isOurs)
    })
  }
})

describe('readNetworkNamespace()', () => {
  test('tells the namespace of a process, nothing of one that is gone', () => {
    assert.match(readNetworkNamespace(process.pid, '/proc') ?? '', /^net:\[\d+\]$/)
    assert.equal(readNetworkNamespace(4_000_000, '/proc'), undefined)
  })
})
