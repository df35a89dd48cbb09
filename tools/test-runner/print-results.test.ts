import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { countResults, describeFailures, describeTotal } from './print-results.ts'
import { couldNotRun, type SuiteOutcome } from './suite.ts'

const good: SuiteOutcome = {
  name: 'unit',
  results: [{ name: 'one', passed: true, fault: '' }],
  durationMs: 10,
}

describe('countResults()', () => {
  test('counts a suite that could not run as one failure', () => {
    assert.deepEqual(countResults([good, couldNotRun('vm', 'QEMU is missing')]), {
      passed: 1,
      failed: 1,
    })
  })
})

describe('describeTotal()', () => {
  test('keeps to the form that machines read', () => {
    assert.equal(describeTotal({ passed: 12, failed: 3 }), '12 passed, 3 failed')
  })
})

describe('describeFailures()', () => {
  test('says nothing about what passed', () => {
    assert.deepEqual(describeFailures([good]), [])
  })

  test('names all of them before it tells of any', () => {
    const outcomes = [couldNotRun('flow', 'no engine\nat all'), couldNotRun('vm', 'no QEMU')]
    const text = describeFailures(outcomes).join('\n')
    assert.match(text, /^FAILED flow: .*\n  .*no engine\nFAILED vm: .*\n  .*no QEMU\n\nFAILED flow/)
  })

  test('cuts a long output in the middle', () => {
    const fault = Array.from({ length: 100 }, (_, line) => `line ${line}`).join('\n')
    const [, text = ''] = describeFailures([couldNotRun('flow', fault)])
    assert.match(text, /line 0\n/)
    assert.match(text, /40 lines left out/)
    assert.match(text, /line 99$/)
  })
})
