import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { measureInitialScripts } from './check-bundle.ts'

describe('measureInitialScripts()', () => {
  let dist = ''
  before(() => {
    dist = mkdtempSync(join(tmpdir(), 'check-bundle-'))
    mkdirSync(join(dist, 'assets'))
    writeFileSync(join(dist, 'assets/main.js'), 'a'.repeat(5000))
    writeFileSync(join(dist, 'assets/shared.js'), 'b'.repeat(3000))
    writeFileSync(join(dist, 'assets/later.js'), 'c'.repeat(9000))
    writeFileSync(
      join(dist, 'index.html'),
      '<script type="module" crossorigin src="/assets/main.js"></script>\n' +
        '<link rel="modulepreload" crossorigin href="/assets/shared.js">\n' +
        '<link rel="stylesheet" href="/assets/main.css">',
    )
  })
  after(() => rmSync(dist, { recursive: true }))

  test('counts scripts and early ones, gzipped, and none that loads later', () => {
    assert.deepEqual(measureInitialScripts(dist), [
      { path: 'assets/main.js', gzippedBytes: gzipSync('a'.repeat(5000)).byteLength },
      { path: 'assets/shared.js', gzippedBytes: gzipSync('b'.repeat(3000)).byteLength },
    ])
  })

  test('says so when nothing was built', () => {
    assert.throws(() => measureInitialScripts(join(dist, 'assets')), /ENOENT/)
  })
})
