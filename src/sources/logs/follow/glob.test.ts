import assert from 'node:assert/strict'
import { mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { GlobError, readGlob } from './glob.ts'

describe('readGlob()', () => {
  // As Go's filepath.Match answers them.
  for (const [pattern, path, isMatch] of [
    ['/var/log/*.log', '/var/log/a.log', true],
    ['/var/log/*.log', '/var/log/.log', true],
    ['/var/log/*.log', '/var/log/a.log.1', false],
    ['/var/log/*.log', '/var/log/sub/a.log', false],
    ['/var/*/a.log', '/var/log/a.log', true],
    ['/a/**/c', '/a/b/c', true],
    ['/a/**/c', '/a/b/b/c', false],
    ['/a/?', '/a/é', true],
    ['/a/?', '/a/ab', false],
    ['/a/[a-c]', '/a/b', true],
    ['/a/[^a-c]', '/a/b', false],
    ['/a/[^a-c]', '/a/d', true],
    ['/a/[x\\]y]', '/a/]', true],
    ['/a/[\\-x]', '/a/-', true],
    ['/a/\\*', '/a/*', true],
    ['/a/\\*', '/a/b', false],
    ['/a/a+(b).{log}', '/a/a+(b).{log}', true],
    ['/a/x', '/a/x', true],
  ] as const) {
    test(`${pattern} ${isMatch ? 'matches' : 'does not match'} ${path}`, () => {
      assert.equal(readGlob(pattern).isMatch(path), isMatch)
    })
  }

  for (const pattern of ['/a/[', '/a/[]', '/a/[a', '/a/[c-a]', '/a/x\\']) {
    test(`refuses ${pattern}`, () => {
      assert.throws(() => readGlob(pattern), GlobError)
    })
  }

  test('lists files in folders that match, and where others may come', () => {
    using root = mkdtempDisposableSync(join(tmpdir(), 'vigie-glob-'))
    for (const folder of ['one', 'two', 'two/deep.log']) mkdirSync(join(root.path, folder))
    for (const file of ['one/b.log', 'one/a.log', 'one/a.txt', 'two/c.log', 'd.log']) {
      writeFileSync(join(root.path, file), '')
    }
    const { files, folders } = readGlob(`${root.path}/*/*.log`).list()
    assert.deepEqual(
      files,
      ['one/a.log', 'one/b.log', 'two/c.log'].map((file) => join(root.path, file)),
    )
    for (const folder of ['', 'one', 'two']) {
      assert.ok(folders.includes(join(root.path, folder)), folder)
    }
  })
})
