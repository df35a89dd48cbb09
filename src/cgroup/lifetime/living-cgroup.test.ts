import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { LifeNetwork } from './life-network.ts'
import { LivingCgroup } from './living-cgroup.ts'

/** A cgroup whose last process has ended; its counter says what is given, one after the other, then nothing more. */
function ended(readings: readonly number[]): LivingCgroup {
  const left = [...readings]
  return new LivingCgroup({
    containerId: 'c'.repeat(64),
    counters: { readCpuNanos: () => left.shift(), readRest: () => ({}), close: () => {} },
    notice: { follow: () => true, isOver: () => true, close: () => {} },
    network: new LifeNetwork('/nonexistent', new Set()),
    listPids: () => [],
    isThere: () => left.length > 0,
    isNew: true,
    isDeletedAtOnce: false,
  })
}

describe('LivingCgroup', () => {
  test('takes the last reading behind its end for the total', () => {
    const cgroup = ended([1000, 5000, 7000, 8000])
    assert.equal(cgroup.checkEnd(), 'over')
    assert.equal(cgroup.finalNanos, 8000)
    assert.equal(cgroup.describeLife().cpuErrorNanos, 0)
  })

  test('takes the first one behind it where the cgroup is gone at the next', () => {
    const cgroup = ended([1000, 5000, 7000])
    assert.equal(cgroup.checkEnd(), 'over')
    assert.equal(cgroup.finalNanos, 7000)
  })

  test('has no total when the only reading may be of before its end', () => {
    const cgroup = ended([1000, 5000])
    assert.equal(cgroup.checkEnd(), 'gone')
    assert.equal(cgroup.finalNanos, undefined)
    assert.equal(cgroup.lastNanos, 5000)
  })
})
