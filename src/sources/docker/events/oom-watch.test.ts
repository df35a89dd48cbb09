import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeEngineEvent } from '../../../../test/agent/engine-event.ts'
import { OomWatch } from './oom-watch.ts'

/** What happens at a second: the engine says `oom`, the counter grows, the container ends. */
type Step = readonly [second: number, what: 'engine' | 'end' | number]

/** How many kills are told in each of the seconds from 0. */
function tell(steps: readonly Step[], seconds = 14): readonly number[] {
  const at = { ms: 0 }
  const watch = new OomWatch({
    clock: () => at.ms,
    subjectOf: (id) => ({ name: 'web', image: 'busybox', tags: [`container_id:${id}`] }),
  })
  return Array.from({ length: seconds }, (_one, second) => {
    for (const [when, what] of steps) {
      if (when <= second - 1 || when > second) continue
      at.ms = when * 1000
      if (what === 'engine') watch.onEngineOom(makeEngineEvent('oom'))
      else if (what === 'end') watch.onEnd('a')
      else watch.onKernelKills('a', what, second * 1000)
    }
    return watch.take(second * 1000).length
  })
}

const sum = (told: readonly number[]): number => told.reduce((total, one) => total + one, 0)

describe('OomWatch', () => {
  for (const [what, steps, kills] of [
    ['the engine first', [[0.5, 'engine'], [1, 1]], 1],
    ['the counter first', [[1, 1], [1.4, 'engine']], 1],
    ['the counter only', [[1, 1]], 1],
    ['the engine only', [[1, 'engine']], 1],
    ['the engine only, the container ended by it', [[1, 'engine'], [1.1, 'end']], 1],
    ['a last reading after an end that was told', [[0.5, 'engine'], [0.6, 'end'], [2, 1]], 1],
    ['the engine telling one kill twice', [[0.5, 'engine'], [0.6, 'engine'], [1, 1]], 1],
    ['the engine telling three as one', [[0.5, 'engine'], [1, 3]], 3],
    ['a kill each second, told by both', [[0.5, 'engine'], [1, 1], [1.5, 'engine'], [2, 1], [2.5, 'engine'], [3, 1]], 3],
    ['a child, then the first process before the next reading', [[0.5, 'engine'], [1, 1], [1.5, 'engine'], [1.6, 'end']], 2],
    ['two kills far apart', [[1, 1], [9, 'engine']], 2],
    ['a reading that did not grow', [[1, 0]], 0],
  ] as const satisfies readonly (readonly [string, readonly Step[], number])[]) {
    test(`tells ${kills} of: ${what}`, () => assert.equal(sum(tell(steps)), kills))
  } // prettier-ignore

  test('tells a counted kill at once, a heard one after 3 s, that of an end at once', () => {
    assert.deepEqual(tell([[1, 1]], 3), [0, 1, 0])
    assert.deepEqual(tell([[1, 'engine']], 6), [0, 0, 0, 0, 1, 0])
    assert.deepEqual(
      tell(
        [
          [1, 'engine'],
          [1, 'end'],
        ],
        3,
      ),
      [0, 1, 0],
    )
  })

  test('describes a kill that only the kernel knows as the engine would', () => {
    const watch = new OomWatch({
      clock: () => 0,
      subjectOf: (id) => (id === 'a' ? { name: 'web', image: 'busybox', tags: [] } : undefined),
    })
    watch.onKernelKills('a', 1, 1_795_189_550_000)
    watch.onKernelKills('hidden', 1, 1_795_189_550_000)
    const expected = makeEngineEvent('oom', {
      image: 'busybox',
      timeNanos: 1_795_189_550_000_000_000n,
    })
    assert.deepEqual(watch.take(1_795_189_550_000), [expected])
  })

  test('keeps nothing back at the end', () => {
    const watch = new OomWatch({ clock: () => 0, subjectOf: () => undefined })
    watch.onEngineOom(makeEngineEvent('oom'))
    assert.deepEqual(watch.take(0), [])
    assert.equal(watch.takeAll().length, 1)
    assert.deepEqual(watch.takeAll(), [])
  })

  test('does not lose a kill when the clock is set back an hour', () => {
    const at = { ms: 7_200_000 }
    const watch = new OomWatch({
      clock: () => at.ms,
      subjectOf: () => ({ name: 'web', image: 'busybox', tags: [] }),
    })
    watch.onKernelKills('a', 1, at.ms)
    assert.equal(watch.take(at.ms).length, 1)
    at.ms = 3_600_000
    watch.onEngineOom(makeEngineEvent('oom'))
    watch.onKernelKills('a', 1, at.ms)
    assert.equal(watch.take(at.ms).length, 1)
  })
})
