import assert from 'node:assert/strict'
import { mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { openReaderV2 } from './reader-v2.ts'
import type { CgroupReader } from './sample.ts'

/** A cgroup whose files are written anew for each reading; none of them stays open. */
function open(files: Readonly<Record<string, string>>): {
  write: (files: Readonly<Record<string, string>>) => void
  reader: CgroupReader
  [Symbol.dispose](): void
} {
  const root = mkdtempDisposableSync(join(tmpdir(), 'vigie-v2-'))
  const folder = join(root.path, 'x.scope')
  mkdirSync(folder)
  const write = (changed: Readonly<Record<string, string>>): void => {
    for (const [name, text] of Object.entries(changed)) writeFileSync(join(folder, name), text)
  }
  write(files)
  return {
    write,
    reader: openReaderV2(root.path, 'x.scope', { left: 0 }),
    [Symbol.dispose]: () => root[Symbol.dispose](),
  }
}

const cpu = { 'cpu.stat': 'usage_usec 5\nuser_usec 3\nsystem_usec 2\n' }

describe('openReaderV2()', () => {
  test('has nothing at all for files that are not there', () => {
    using opened = open({ 'cpu.stat': 'usage_usec 5\n' })
    const { readAtMs: _at, cpuNanos, ...rest } = opened.reader.read() ?? { readAtMs: 0 }
    assert.equal(cpuNanos, 5000)
    const values = [...Object.values(rest), ...Object.values(opened.reader.readLimits())]
    assert.ok(values.length > 25 && values.every((value) => value === undefined))
  })

  for (const [file, text] of [
    ['memory.max', 'max'],
    ['memory.max', '0'],
    ['memory.low', '0'],
    ['memory.swap.max', 'max'],
    ['pids.max', 'max'],
    ['cpu.max', 'max 100000'],
  ] as const) {
    test(`takes ${text} in ${file} for no limit`, () => {
      using opened = open({ ...cpu, [file]: `${text}\n` })
      const limits = Object.values(opened.reader.readLimits())
      assert.ok(limits.every((value) => value === undefined))
    })
  }

  test('takes the quota of the parent where it has none of its own', () => {
    using opened = open({ ...cpu, 'cpu.max': 'max 100000\n', '../cpu.max': '150000 100000\n' })
    assert.equal(opened.reader.readLimits().quotaCores, 1.5)
    opened.write({ 'cpu.max': '20000 100000\n' })
    assert.equal(opened.reader.readLimits().quotaCores, 0.2)
  })

  test('adds swap to memory for their common limit, none of swap too', () => {
    using opened = open({ ...cpu, 'memory.max': '1000\n', 'memory.swap.max': '0\n' })
    const { memorySwapBytes, memoryAndSwapBytes } = opened.reader.readLimits()
    assert.deepEqual([memorySwapBytes, memoryAndSwapBytes], [undefined, 1000])
  })

  test('reads pressure when asked for all, and not in between', () => {
    const pressure = 'some avg10=0.00 avg60=0.00 avg300=0.00 total=7\n'
    using opened = open({ ...cpu, 'io.pressure': pressure })
    assert.equal(opened.reader.read()?.ioStalledNanos, 7000)
    assert.equal(opened.reader.read('moving')?.ioStalledNanos, undefined)
  })

  test('sees at once what was killed under a limit, with the next full reading without one', () => {
    using opened = open({ ...cpu, 'memory.max': '1000\n', 'memory.events': 'oom 0\noom_kill 0\n' })
    const { reader, write } = opened
    reader.readLimits()
    reader.read()
    write({ 'cpu.stat': 'usage_usec 6\n', 'memory.events': 'oom 1\noom_kill 1\n' })
    assert.equal(reader.read('moving')?.oomKills, 1)
    write({ 'memory.max': 'max\n' })
    reader.readLimits()
    write({ 'cpu.stat': 'usage_usec 7\n', 'memory.events': 'oom 1\noom_kill 2\n' })
    assert.equal(reader.read('moving')?.oomKills, 1)
    assert.equal(reader.read('all')?.oomKills, 2)
  })
})
