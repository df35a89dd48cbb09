import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { LifeCounters } from './life-counters.ts'
import { Sibling } from './parent-account.ts'

function makeCounters(cpuNanos: number | undefined): LifeCounters {
  return { readCpuNanos: () => cpuNanos, readRest: () => ({}), close: () => {} }
}

describe('Sibling', () => {
  test('has at once what it used before it was met: that is not news when it ends', () => {
    const sibling = new Sibling(makeCounters(400_000_000), () => true)
    assert.equal(sibling.lastNanos, 400_000_000)
    assert.equal(sibling.wasRead, true)
  })

  test('says when it was gone before it could be read', () => {
    const sibling = new Sibling(makeCounters(undefined), () => false)
    assert.deepEqual([sibling.wasRead, sibling.lastNanos], [false, 0])
  })
})
