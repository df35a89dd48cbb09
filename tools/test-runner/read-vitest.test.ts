import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readVitest } from './read-vitest.ts'

describe('readVitest()', () => {
  test('gives each test of each file', () => {
    const text = JSON.stringify({
      testResults: [
        {
          name: '/web/a.test.tsx',
          status: 'failed',
          message: '',
          assertionResults: [
            { fullName: 'table sorts', status: 'passed', failureMessages: [] },
            {
              fullName: 'table filters',
              status: 'failed',
              failureMessages: ['expected 1 to be 2'],
            },
            { fullName: 'table scrolls', status: 'skipped', failureMessages: [] },
          ],
        },
      ],
    })
    assert.deepEqual(readVitest(text), [
      { name: 'table sorts', passed: true, fault: '' },
      { name: 'table filters', passed: false, fault: 'expected 1 to be 2' },
      {
        name: 'table scrolls',
        passed: false,
        fault: 'skipped: skipped; a skipped test counts as failed',
      },
    ])
  })

  test('counts a file that could not be loaded as failed', () => {
    const file = {
      name: '/web/b.test.tsx',
      status: 'failed',
      message: 'no such module',
      assertionResults: [],
    }
    assert.deepEqual(readVitest(JSON.stringify({ testResults: [file] })), [
      { name: '/web/b.test.tsx', passed: false, fault: 'no such module' },
    ])
  })
})
