import assert from 'node:assert/strict'
import {
  mkdirSync,
  mkdtempDisposableSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { createFileBudget, KeptFile } from './kept-file.ts'

const buffer = Buffer.alloc(64 * 1024)

function readText(file: KeptFile): string | undefined {
  const length = file.read(buffer)
  if (length === undefined) return undefined
  assert.equal(buffer[length], 10, 'no line end behind the text')
  return buffer.toString('latin1', 0, length)
}

function countDescriptors(): number {
  return readdirSync('/proc/self/fd').length
}

describe('KeptFile', () => {
  test('reads what is in the file now, each time from its beginning', () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-kept-'))
    const path = join(folder.path, 'memory.current')
    const file = new KeptFile(path, { left: 1 })
    for (const text of ['4096\n', '12\n', '', '7']) {
      writeFileSync(path, text)
      assert.equal(readText(file), text)
    }
    file.close()
  })

  test('has nothing while the file is absent, and reads it once it is there', () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-kept-'))
    const path = join(folder.path, 'cpu.stat')
    const file = new KeptFile(path, { left: 1 })
    assert.equal(readText(file), undefined)
    writeFileSync(path, 'usage_usec 1\n')
    assert.equal(readText(file), 'usage_usec 1\n')
    file.close()
    rmSync(path)
    assert.equal(readText(file), undefined)
  })

  test('takes one descriptor from the budget for as long as it is open', () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-kept-'))
    const path = join(folder.path, 'a')
    writeFileSync(path, 'x')
    const budget = { left: 3 }
    const file = new KeptFile(path, budget)
    file.read(buffer)
    file.read(buffer)
    assert.equal(budget.left, 2)
    file.close()
    file.close()
    assert.equal(budget.left, 3)
  })

  test('keeps no descriptor beyond the budget', () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-kept-'))
    const path = join(folder.path, 'a')
    writeFileSync(path, 'x')
    const before = countDescriptors()
    const budget = { left: 0 }
    assert.equal(readText(new KeptFile(path, budget)), 'x')
    assert.equal(countDescriptors(), before)
    assert.equal(budget.left, 0)
  })

  for (const left of [0, 5]) {
    test(`gives the descriptor back when reading fails, with room for ${left}`, () => {
      using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-kept-'))
      // A folder can be opened but not read, as the file of a cgroup that is gone.
      mkdirSync(join(folder.path, 'gone'))
      const before = countDescriptors()
      const budget = { left }
      const file = new KeptFile(join(folder.path, 'gone'), budget)
      for (let i = 0; i < 3; i += 1) assert.equal(file.read(buffer), undefined)
      assert.equal(countDescriptors(), before)
      assert.equal(budget.left, left)
    })
  }

  test('reads to the end of a kernel file that comes in pages', () => {
    const file = new KeptFile('/proc/self/smaps', { left: 1 })
    const length = file.read(buffer)
    file.close()
    assert.ok(readFileSync('/proc/self/smaps').length > 8192)
    assert.ok(length !== undefined && length > 8192, `only ${length} bytes were read`)
  })

  test('stops at the end of the buffer, and still puts a line end there', () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-kept-'))
    const path = join(folder.path, 'long')
    writeFileSync(path, '1'.repeat(20_000))
    const small = Buffer.alloc(10_000)
    const file = new KeptFile(path, { left: 1 })
    assert.equal(file.read(small), 9999)
    assert.equal(small[9999], 10)
    file.close()
  })
})

describe('createFileBudget()', () => {
  test('leaves at least half of the descriptors to everything else', () => {
    const limits = readFileSync('/proc/self/limits', 'utf8')
    const soft = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1])
    const { left } = createFileBudget()
    assert.ok(left >= 0 && left <= soft / 2)
  })
})
