import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { EngineClock } from './stats-clock.ts'

describe('EngineClock', () => {
  test("keeps the engine's own time between two readings, however long the answers took", () => {
    const clock = new EngineClock()
    const first = clock.toMonotonicMs(1_000_000, { fromMs: 100, toMs: 110 })
    const second = clock.toMonotonicMs(1_010_004, { fromMs: 10_080, toMs: 10_900 })
    assert.equal(second - first, 10_004)
  })

  test('never leaves the time between question and answer, also when the clock is set', () => {
    const clock = new EngineClock()
    const times = [1_000_000, 1_010_000, 5_000, 15_000, 9_000_000].map((engineMs, at) =>
      clock.toMonotonicMs(engineMs, { fromMs: at * 10_000, toMs: at * 10_000 + 30 }),
    )
    for (const [at, time] of times.entries())
      assert.ok(time >= at * 10_000 && time <= at * 10_000 + 30, `${time}`)
  })

  test('follows a clock that runs slowly', () => {
    const clock = new EngineClock()
    for (let at = 0; at < 1000; at += 1) {
      const fromMs = at * 10_000
      const time = clock.toMonotonicMs(1_000_000 + at * 9990, { fromMs, toMs: fromMs + 5 })
      assert.ok(time >= fromMs && time <= fromMs + 5)
    }
  })
})
