import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { readRecorded } from './read-recorded.ts'
import type { TestResult } from './test-result.ts'

const reporter = fileURLToPath(new URL('record-results.ts', import.meta.url))

describe('recordResults()', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-reporter-'))
  })
  after(async () => {
    await rm(folder, { recursive: true })
  })

  async function record(source: string): Promise<TestResult[]> {
    const file = join(folder, 'a.test.mjs')
    await writeFile(file, `import { before, describe, test } from 'node:test'\n${source}`)
    const { NODE_TEST_CONTEXT: _, ...env } = process.env
    const args = ['--test', `--test-reporter=${reporter}`, file]
    return readRecorded(spawnSync(process.execPath, args, { env, encoding: 'utf8' }).stdout)
  }

  test('names a test with its groups and leaves the groups out', async () => {
    const results =
      await record(`describe('outer', () => { describe('inner', () => { test('one', () => {}) }) })
      test('two', () => {})`)
    assert.deepEqual(results, [
      { name: 'outer > inner > one', passed: true, fault: '' },
      { name: 'two', passed: true, fault: '' },
    ])
  })

  test('gives the error of a failed test and counts it once', async () => {
    const results = await record(
      `describe('outer', () => { test('bad', () => { throw new Error('no luck') }) })`,
    )
    assert.equal(results.length, 1)
    assert.equal(results[0]?.passed, false)
    assert.match(results[0]?.fault ?? '', /no luck/)
  })

  test('counts a skipped test as failed and gives the reason', async () => {
    const [result] = await record(`test('later', { skip: 'no engine' }, () => {})`)
    assert.equal(result?.passed, false)
    assert.match(result?.fault ?? '', /no engine/)
  })

  test('reports a hook that failed', async () => {
    const results = await record(`describe('outer', () => {
      before(() => { throw new Error('no ground') })
      test('one', () => {})
    })`)
    assert.ok(results.some(({ fault }) => fault.includes('no ground')))
    assert.ok(results.every(({ passed }) => !passed))
  })

  test('gives what a file printed that cannot be loaded', async () => {
    const [result] = await record(`import './not-there.mjs'`)
    assert.equal(result?.passed, false)
    assert.match(result?.fault ?? '', /not-there/)
  })

  test('counts a file without a test as failed', async () => {
    const [result] = await record('')
    assert.deepEqual(
      { passed: result?.passed, fault: result?.fault },
      { passed: false, fault: 'ran no test' },
    )
  })
})
