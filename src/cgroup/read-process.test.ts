import assert from 'node:assert/strict'
import { mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { readArguments, readBootTime, readProcess } from './read-process.ts'

/** A `/proc` with one process of these files. */
function openProc(files: Readonly<Record<string, string>>): {
  path: string
  [Symbol.dispose](): void
} {
  const folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-proc-'))
  mkdirSync(join(folder.path, '7'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder.path, name), text)
  return folder
}

const stat =
  '7 (a (b) c) S 3 7 7 0 -1 4194560 1200 0 0 0 150 50 0 0 20 0 4 0 12345 223 1000 18446744073709551615'
const status =
  'Name:\ta (b) c\nState:\tS (sleeping)\nUid:\t0\t1000\t0\t0\nVmRSS:\t    4000 kB\nThreads:\t4\n'

describe('readProcess()', () => {
  test('takes its figures from both files, whatever its name is', () => {
    using proc = openProc({ '7/stat': stat, '7/status': status })
    assert.deepEqual(readProcess(proc.path, 7), {
      pid: 7,
      parentPid: 3,
      name: 'a (b) c',
      state: 'S',
      cpuSeconds: 2,
      startedAfterS: 123.45,
      uid: 1000,
      threads: 4,
      rssBytes: 4_096_000,
    })
  })

  test('leaves out what one that is dead has not any more', () => {
    using proc = openProc({ '7/stat': stat.replace(' S ', ' Z '), '7/status': 'Threads:\t1\n' })
    const read = readProcess(proc.path, 7)
    assert.deepEqual([read?.state, read?.rssBytes, read?.uid], ['Z', undefined, undefined])
  })

  test('gives nothing for one that has ended', () => {
    using proc = openProc({})
    assert.equal(readProcess(proc.path, 7), undefined)
  })

  test('reads this very process as the kernel tells it', () => {
    const read = readProcess('/proc', process.pid)
    assert.ok(read)
    const { user, system } = process.cpuUsage()
    assert.ok(Math.abs(read.cpuSeconds - (user + system) / 1e6) < 0.5, String(read.cpuSeconds))
    assert.ok((read.rssBytes ?? 0) > 10_000_000)
    assert.equal(read.parentPid, process.ppid)
    assert.equal(read.uid, process.geteuid?.())
    const startedAtS = (readBootTime('/proc') ?? Number.NaN) + read.startedAfterS
    assert.ok(Math.abs(startedAtS - (Date.now() / 1000 - process.uptime())) < 3)
  })
})

describe('readArguments()', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['sh\0-c\0echo a\0', ['sh', '-c', 'echo a']],
    ['nginx: worker process\0\0\0\0', ['nginx: worker process']],
    ['a\0\0b\0', ['a', '', 'b']],
    ['', []],
  ]
  for (const [text, wanted] of cases) {
    test(`reads ${JSON.stringify(text)}`, () => {
      using proc = openProc({ '7/cmdline': text })
      assert.deepEqual(readArguments(proc.path, 7), wanted)
    })
  }
})
