import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { KeptStateFile, type KeptState } from './kept-state.ts'

const state: KeptState = {
  cursor: {
    newestNanos: 1_795_189_550_515_555_770n,
    seenThen: ['1795189550515555770 a start '],
  },
  runs: [
    { id: 'a', startedAtMs: 1_795_189_550_515, isFromList: false, name: 'web', image: 'busybox' },
  ],
}

/** A folder that is taken away at the end, and files in it whose clock stands at `at.ms`. */
function openFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-state-'))
  const at = { ms: 1_795_189_600_000 }
  const warnings: string[] = []
  const open = (endpoint = 'unix:///a.sock', stateDir = join(folder, 'agent')): KeptStateFile =>
    new KeptStateFile({
      stateDir,
      endpoint,
      clock: () => at.ms,
      warn: (text) => warnings.push(text),
    })
  const path = join(folder, 'agent', 'docker-events.json')
  return {
    at,
    warnings,
    open,
    path,
    folder,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

describe('KeptStateFile', () => {
  test('gives back what was kept', () => {
    using kept = openFolder()
    kept.open().keepLast(state)
    assert.deepEqual(kept.open().read(), state)
    assert.equal(statSync(kept.path).mode & 0o777, 0o600)
    assert.deepEqual(readdirSync(join(kept.folder, 'agent')), ['docker-events.json'])
    assert.deepEqual(kept.warnings, [])
  })

  test('has nothing at the first start, and says nothing of it', () => {
    using kept = openFolder()
    assert.equal(kept.open().read(), undefined)
    assert.deepEqual(kept.warnings, [])
  })

  for (const [what, endpoint, laterMs] of [
    ['of another engine', 'unix:///b.sock', 0],
    ['older than an hour', 'unix:///a.sock', 3_600_001],
    ['from an hour ahead', 'unix:///a.sock', -3_600_001],
  ] as const) {
    test(`leaves one ${what} aside`, () => {
      using kept = openFolder()
      kept.open().keepLast(state)
      kept.at.ms += laterMs
      assert.equal(kept.open(endpoint).read(), undefined)
      assert.deepEqual(kept.warnings, [])
    })
  }

  for (const text of ['', '{', '[]', '{"endpoint":"unix:///a.sock"}', '\u0000\u0001']) {
    test(`warns of one that holds ${JSON.stringify(text)}, and goes on`, () => {
      using kept = openFolder()
      kept.open().keepLast(state)
      writeFileSync(kept.path, text)
      assert.equal(kept.open().read(), undefined)
      assert.equal(kept.warnings.length, 1)
      assert.match(kept.warnings[0] ?? '', /^Cannot read .*docker-events\.json: [^\n]+$/)
    })
  }

  test('warns once that it cannot be written', () => {
    using kept = openFolder()
    writeFileSync(join(kept.folder, 'file'), '')
    const file = kept.open('unix:///a.sock', join(kept.folder, 'file', 'agent'))
    file.keepLast(state)
    file.keepLast(state)
    assert.equal(kept.warnings.length, 1)
    assert.match(kept.warnings[0] ?? '', /^Cannot write .*ENOTDIR/)
  })

  test('does not make a folder anew that was removed', () => {
    using kept = openFolder()
    const file = kept.open()
    file.keepLast(state)
    rmSync(join(kept.folder, 'agent'), { recursive: true })
    file.keepLast(state)
    assert.deepEqual(readdirSync(kept.folder), [])
    assert.match(kept.warnings[0] ?? '', /^Cannot write .*ENOENT/)
  })

  test('keeps nothing where there is no folder for it', () => {
    using kept = openFolder()
    const file = kept.open('unix:///a.sock', '')
    file.keepLast(state)
    assert.equal(file.read(), undefined)
    assert.deepEqual(kept.warnings, [])
  })

  test('is written every 5 s at most, and each minute when nothing is new', () => {
    using kept = openFolder()
    const file = kept.open()
    const writtenAt = (): number => JSON.parse(readFileSync(kept.path, 'utf8')).savedAtMs
    const startMs = kept.at.ms
    const written = new Set<number>()
    for (let second = 0; second < 130; second += 1) {
      kept.at.ms = startMs + second * 1000
      const newestNanos = BigInt(Math.min(second, 12))
      file.keep(() => ({ ...state, cursor: { ...state.cursor, newestNanos } }))
      written.add((writtenAt() - startMs) / 1000)
    }
    assert.deepEqual([...written], [0, 5, 10, 15, 75])
  })
})
