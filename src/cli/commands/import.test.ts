import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { runCommandLine } from '../run-command-line.ts'
import { importCommand } from './import.ts'

let folder = ''
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-import-'))
})
after(() => rmSync(folder, { recursive: true }))

/** Runs the command in the folder. */
async function run(...args: readonly string[]) {
  const said = { out: '', err: '' }
  const code = await runCommandLine(['import', ...args], [importCommand], {
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
    env: {},
    cwd: folder,
    mainFile: '',
    signal: new AbortController().signal,
  })
  return { code, ...said }
}

describe('vigie import', () => {
  test('says what it wrote and what it left out, and does not replace what is in use', async () => {
    writeFileSync(join(folder, 'datadog.conf'), '[Main]\napi_key: abc\nuse_pup: no\n')
    const first = await run('.', 'new')
    assert.deepEqual([first.code, first.err], [0, ''])
    assert.deepEqual(first.out.trimEnd().split('\n'), [
      `wrote ${folder}/new/datadog.yaml`,
      `dropped ${folder}/datadog.conf:3: use_pup: only Agent 5 has this option`,
      `2 settings, 1 line dropped. See what counts: vigie config --config ${folder}/new/datadog.yaml`,
    ])
    const again = await run('.', 'new')
    assert.equal(again.code, 1)
    assert.match(again.err, /^vigie: Cannot import into .*; add --force to replace it/)
    const forced = await run('--force', '.', 'new')
    assert.match(forced.out, /datadog\.yaml; the one before is .*datadog\.yaml\.bak\n/)
  })

  test('wants both folders', async () => {
    const { code, err } = await run('.')
    assert.equal(code, 2)
    assert.match(err, /missing required argument 'new'/)
  })
})
