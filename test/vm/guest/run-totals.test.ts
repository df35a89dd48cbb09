import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { CgroupLife } from '../../../src/cgroup/lifetime/cgroup-life.ts'
import { openEngine } from '../../engine/engine.ts'
import { compareRuns, isExactLife } from '../../flow/run-totals-check.ts'
import { runShortContainers } from '../../flow/run-totals-load.ts'
import { waitUntil } from '../../flow/wait-until.ts'
import { watchLives } from '../../flow/watched-lives.ts'
import { cgroupDrivers, engineHost } from './guest-engines.ts'

/** On an emulated processor the end of a shell takes longer, and what the machine outside takes from it counts as its own. */
const emulatedEnd = { atMostMs: 100, atMostRatio: 0.1 }
/** Four run at once, and those that are gone together by the time that the thread which reads is woken may be most of them. */
const leastExact = 0.25

for (const driver of cgroupDrivers) {
  describe(`totals of short runs on cgroup v2 with the ${driver} driver`, () => {
    test('are exact, but for what ended at the same moment', async (t) => {
      await using engine = openEngine(engineHost(driver))
      using watched = watchLives()
      const { lives, faults } = watched
      const load = { engine, count: 12, atOnce: 4, shortestMs: 20, longestMs: 2000 }
      const runs = await runShortContainers(load)
      await waitUntil('all lives are told', 15_000, () => lives.length >= runs.length)
      const comparison = compareRuns(runs, lives, emulatedEnd)
      t.diagnostic(JSON.stringify(comparison))
      assert.deepEqual([...comparison.faults, ...faults], [])
      const alone = lives.filter((life) => endedAlone(life, lives))
      assert.deepEqual(
        alone.filter((life) => !isExactLife(life)),
        [],
      )
      assert.ok(comparison.exactRatio >= leastExact, `${comparison.exactRatio} are exact`)
      assert.ok(Math.abs(comparison.sumRatio - 1) <= 0.1, `the sum is ${comparison.sumRatio}`)
    })
  })
}

/**
 * On the emulated machine the thread that reads may be woken late. Of two that are gone by then, only the sum is exact; each
 * says how far off it may be.
 */
function endedAlone(life: CgroupLife, lives: readonly CgroupLife[]): boolean {
  return lives.every((other) => other === life || Math.abs(other.endedAtMs - life.endedAtMs) > 1000)
}
