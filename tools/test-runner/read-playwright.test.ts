import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readPlaywright } from './read-playwright.ts'

const passed = { status: 'expected', results: [{ errors: [] }] }

describe('readPlaywright()', () => {
  test('names a test with its file and groups', () => {
    const inner = { title: 'sorting', specs: [{ title: 'by CPU', tests: [passed] }] }
    const report = {
      errors: [],
      suites: [{ title: 'containers.test.ts', specs: [], suites: [inner] }],
    }
    assert.deepEqual(readPlaywright(JSON.stringify(report)), [
      { name: 'containers.test.ts > sorting > by CPU', passed: true, fault: '' },
    ])
  })

  test('gives the errors of a failed test without colours', () => {
    const failed = {
      status: 'unexpected',
      results: [{ errors: [{ message: '\u001B[31mtimed out\u001B[39m' }] }],
    }
    const report = {
      errors: [],
      suites: [{ title: 'a.test.ts', specs: [{ title: 'opens', tests: [failed] }] }],
    }
    assert.deepEqual(readPlaywright(JSON.stringify(report)), [
      { name: 'a.test.ts > opens', passed: false, fault: 'timed out' },
    ])
  })

  test('counts a fault outside of the tests as failed', () => {
    const report = { errors: [{ message: 'the server did not start' }], suites: [] }
    assert.deepEqual(readPlaywright(JSON.stringify(report)), [
      { name: 'playwright', passed: false, fault: 'the server did not start' },
    ])
  })

  test('lets neither a flaky nor a skipped test pass', () => {
    const tests = [
      { status: 'flaky', results: [{ errors: [{ message: 'once' }] }, { errors: [] }] },
      { status: 'skipped', results: [] },
    ]
    const report = {
      errors: [],
      suites: [{ title: 'a.test.ts', specs: [{ title: 'opens', tests }] }],
    }
    assert.deepEqual(
      readPlaywright(JSON.stringify(report)).map(({ passed: hasPassed }) => hasPassed),
      [false, false],
    )
  })
})
