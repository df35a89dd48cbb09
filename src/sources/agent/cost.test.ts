import assert from 'node:assert/strict'
import { describe, mock, test } from 'node:test'
import { createCostMeter } from './cost.ts'

interface Clocks extends Disposable {
  /** Lets time pass, in which the process works for `busyMs`. */
  readonly pass: (ms: number, busyMs: number) => void
}

/** In place of the clocks of the process. */
function openClocks(): Clocks {
  let nowMs = 1000
  let cpuMicros = 7_000_000
  const wall = mock.method(performance, 'now', () => nowMs)
  const cpu = mock.method(process, 'cpuUsage', () => ({ user: cpuMicros - 1000, system: 1000 }))
  return {
    pass(ms, busyMs) {
      nowMs += ms
      cpuMicros += busyMs * 1000
    },
    [Symbol.dispose]() {
      wall.mock.restore()
      cpu.mock.restore()
    },
  }
}

describe('createCostMeter()', () => {
  test('gives the share of one core since the start', () => {
    using clocks = openClocks()
    const measure = createCostMeter()
    clocks.pass(1000, 250)
    assert.equal(measure().cpuRatio, 0.25)
    clocks.pass(1000, 750)
    assert.equal(measure().cpuRatio, 0.5)
  })

  test('forgets what is older than ten seconds', () => {
    using clocks = openClocks()
    const measure = createCostMeter()
    for (let second = 0; second < 5; second += 1) {
      clocks.pass(1000, 1000)
      measure()
    }
    assert.equal(measure().cpuRatio, 1)
    for (let second = 0; second < 10; second += 1) {
      clocks.pass(1000, 100)
      measure()
    }
    assert.equal(measure().cpuRatio, 0.1)
  })

  test('is above one when several threads work', () => {
    using clocks = openClocks()
    const measure = createCostMeter()
    clocks.pass(1000, 1800)
    assert.equal(measure().cpuRatio, 1.8)
  })

  test('does not divide by a time that has not passed', () => {
    using clocks = openClocks()
    const measure = createCostMeter()
    assert.equal(measure().cpuRatio, 0)
    clocks.pass(0, 5)
    assert.equal(measure().cpuRatio, 0)
  })

  test('gives the resident memory of this very process', () => {
    const { rssBytes } = createCostMeter()()
    assert.ok(rssBytes > 10e6 && rssBytes < 4e9, `${rssBytes}`)
  })
})
