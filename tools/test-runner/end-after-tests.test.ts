import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'

const preload = new URL('end-after-tests.ts', import.meta.url).href

test('a file of tests that leaves something running ends by itself, and has told all', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'vigie-test-'))
  const file = join(folder.path, 'left.test.mjs')
  await writeFile(
    file,
    `import { test } from 'node:test'
     setInterval(() => {}, 1000)
     for (let n = 0; n < 3000; n += 1) test('number ' + n + ' of many', () => {})`,
  )
  // As the runner's own tests of files do not run inside of one another.
  const { NODE_TEST_CONTEXT: _context, ...env } = process.env
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--test', '--import', preload, '--test-reporter=tap', file],
    { env, timeout: 60_000, maxBuffer: 2 ** 24 },
  )
  assert.match(stdout, /^# pass 3000$/m)
})
