import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { within } from '../../test/agent/environment.ts'
import { ticks } from './ticks.ts'

/** A clock that goes on by `stepMs` each time somebody looks at it, from `nowMs`. */
function openClock(
  nowMs: number,
  stepMs: number,
): { read: () => number; set: (ms: number) => void } {
  let now = nowMs
  return {
    read: () => (now += stepMs),
    set: (ms) => {
      now = ms
    },
  }
}

/** The next tick, or a failure when it does not come soon. */
async function next(ticking: AsyncGenerator<number, void, void>): Promise<number | undefined> {
  const { value } = await within(1000, ticking.next())
  return value ?? undefined
}

describe('ticks()', () => {
  test('gives whole multiples, none of them early', async () => {
    const clock = openClock(1003, 2)
    const ticking = ticks(10, { signal: new AbortController().signal, clock: clock.read })
    for (const expected of [1010, 1020, 1030]) {
      assert.equal(await next(ticking), expected)
      assert.ok(clock.read() >= expected)
    }
  })

  test('leaves out what passed while the reader was busy', async () => {
    const clock = openClock(1003, 1)
    const ticking = ticks(10, { signal: new AbortController().signal, clock: clock.read })
    assert.equal(await next(ticking), 1010)
    clock.set(1047)
    assert.equal(await next(ticking), 1040)
    assert.equal(await next(ticking), 1050)
  })

  test('goes on when the clock is set back by an hour', async () => {
    const clock = openClock(3_600_003, 1)
    const ticking = ticks(10, { signal: new AbortController().signal, clock: clock.read })
    assert.equal(await next(ticking), 3_600_010)
    clock.set(5)
    assert.equal(await next(ticking), 10)
  })

  test('goes on at once when the clock is set forward', async () => {
    const clock = openClock(3, 1)
    const ticking = ticks(10, { signal: new AbortController().signal, clock: clock.read })
    assert.equal(await next(ticking), 10)
    clock.set(3_600_005)
    assert.equal(await next(ticking), 3_600_000)
    assert.equal(await next(ticking), 3_600_010)
  })

  test('ends while it waits when the signal aborts', async () => {
    const stop = new AbortController()
    const ending = ticks(60_000, { signal: stop.signal, clock: () => 5 }).next()
    stop.abort()
    assert.deepEqual(await within(1000, ending), { done: true, value: undefined })
  })

  test('gives nothing when the signal has aborted before', async () => {
    const ticking = ticks(10, { signal: AbortSignal.abort(), clock: openClock(0, 10).read })
    assert.equal(await next(ticking), undefined)
  })
})
