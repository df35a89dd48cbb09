import assert from 'node:assert/strict'
import { mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { createDeviceNames } from './device-names.ts'

describe('createDeviceNames()', () => {
  test('names devices by their numbers', () => {
    using proc = mkdtempDisposableSync(join(tmpdir(), 'vigie-devices-'))
    const lines = [
      ' 254       0 vda 2601 276 403786 1350 2306 509 696248 2727 0 3116 4172 0 0 0 0 270 94',
      '   7       0 loop0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0',
      ' 259       1 nvme0n1p1 1 2 3 4 5 6 7 8 9 10 11',
    ]
    writeFileSync(join(proc.path, 'diskstats'), `${lines.join('\n')}\n`)
    const nameOf = createDeviceNames(proc.path)
    assert.deepEqual(['254:0', '7:0', '259:1', '8:0'].map(nameOf), [
      'vda',
      'loop0',
      'nvme0n1p1',
      undefined,
    ])
  })

  test('names nothing where there is no list', () => {
    assert.equal(createDeviceNames('/nonexistent')('8:0'), undefined)
  })
})
