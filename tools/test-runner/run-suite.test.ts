import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { waitUntil } from '../../test/flow/wait-until.ts'
import { readRecorded } from './read-recorded.ts'
import { runSuite } from './run-suite.ts'
import type { Suite, SuiteOutcome } from './suite.ts'
import { encodeResult } from './test-result.ts'

const never = new AbortController().signal

describe('runSuite()', () => {
  const home = process.cwd()
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-runner-'))
    await mkdir(join(folder, 'test-results'))
    process.chdir(folder)
  })
  after(async () => {
    process.chdir(home)
    await rm(folder, { recursive: true })
  })

  const run = (script: string, stop = never, limitMs = 60_000): Promise<SuiteOutcome> => {
    const suite: Suite = {
      name: 'trial',
      command: ['sh', '-c', script],
      resultsFile: join(folder, 'results.json'),
      readResults: readRecorded,
      limitMs,
    }
    return runSuite(suite, stop)
  }
  const passed = { name: 'one', passed: true, fault: '' }
  const leavePassed = `cat >results.json <<'END'\n${encodeResult(passed)}END\n`

  test('gives what the command left', async () => {
    assert.deepEqual((await run(leavePassed)).results, [passed])
  })

  test('adds a failure with the log when the command fails without a failed test', async () => {
    const { results } = await run(`${leavePassed}echo out of luck; exit 3`)
    assert.deepEqual(results[0], passed)
    assert.match(results[1]?.fault ?? '', /exit code 3[^]*out of luck/)
  })

  test('lets no suite pass that ran no test', async () => {
    const { results } = await run(': >results.json')
    assert.match(results[0]?.fault ?? '', /ran no test/)
  })

  test('says so when the command left no results', async () => {
    await writeFile(join(folder, 'results.json'), encodeResult(passed))
    const { results } = await run('true')
    assert.equal(results.length, 1)
    assert.match(results[0]?.fault ?? '', /left no results/)
  })

  test('says so when the command cannot be started', async () => {
    const suite = {
      name: 'trial',
      command: ['not-a-program'],
      resultsFile: 'none',
      readResults: readRecorded,
      limitMs: 1,
    }
    const { results } = await runSuite(suite, never)
    assert.match(results[0]?.fault ?? '', /could not start/)
  })

  test('ends what the command started with it when its time is over', async () => {
    const { results } = await run('sleep 1000 & echo $! >pid; wait', never, 300)
    assert.match(results[0]?.fault ?? '', /time limit/)
    const pid = (await readFile(join(folder, 'pid'), 'utf8')).trim()
    // Killed, it may still be on its way out.
    await waitUntil('the process is gone', 5000, async () => {
      const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => 'gone')
      return /^(gone|\d+ \(sleep\) Z)/.test(state)
    })
  })

  test('ends early when it is told to stop', async () => {
    const stop = new AbortController()
    const outcome = run('sleep 1000', stop.signal)
    stop.abort()
    assert.match((await outcome).results[0]?.fault ?? '', /was stopped/)
  })
})
