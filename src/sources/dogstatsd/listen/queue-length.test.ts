import assert from 'node:assert/strict'
import { mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { readQueueLength } from './queue-length.ts'

describe('readQueueLength()', () => {
  test('reads what the kernel is set to', () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-queue-'))
    mkdirSync(join(folder.path, 'sys/net/unix'), { recursive: true })
    writeFileSync(join(folder.path, 'sys/net/unix/max_dgram_qlen'), '512\n')
    assert.equal(readQueueLength(folder.path), 512)
  })

  test("takes the kernel's default where it cannot be read", () => {
    assert.equal(readQueueLength('/nowhere'), 10)
  })
})
