import assert from 'node:assert/strict'
import { mkdtempDisposableSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { selectFiles } from './select-files.ts'

describe('selectFiles()', () => {
  test('takes all as long as there are not too many', () => {
    assert.deepEqual(selectFiles(['/a', '/c', '/b'], 3, 'by_name'), ['/a', '/c', '/b'])
  })

  test('takes the last by name', () => {
    assert.deepEqual(selectFiles(['/a', '/c', '/b'], 2, 'by_name'), ['/c', '/b'])
  })

  test('takes those written to last, and of one that is gone none before them', () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-select-'))
    const paths = ['a', 'b', 'c'].map((name) => join(folder.path, name))
    for (const [at, path] of paths.entries()) {
      writeFileSync(path, '')
      utimesSync(path, 100 - at, 100 - at)
    }
    const gone = join(folder.path, 'z')
    assert.deepEqual(selectFiles([...paths, gone], 2, 'by_modification_time'), paths.slice(0, 2))
  })
})
