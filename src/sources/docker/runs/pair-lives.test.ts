import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeEngineEvent } from '../../../../test/agent/engine-event.ts'
import { makeLife, stageStartMs } from '../../../../test/agent/run-stage.ts'
import { pairLives } from './pair-lives.ts'
import type { EndedRun } from './run.ts'

function makeRun(from: number, to: number): EndedRun {
  return {
    containerId: 'a',
    startedAtMs: stageStartMs + from * 1000,
    isFromList: false,
    noticedAtMs: 0,
    mention: makeEngineEvent('die'),
    wasOomKilled: false,
    finishedAtMs: stageStartMs + to * 1000,
    wasSeen: true,
    endNoticedAtMs: 0,
    reading: undefined,
    life: undefined,
  }
}

/** Ends of lives, `[start, end]` of runs, start of the run that goes on; and which end belongs to which run. */
const cases = [
  ['one of each', [5.1], [[4, 5]], undefined, [[5.1, 5]]],
  ['as many of both, in their order', [5.9, 6], [[4, 5], [5.1, 5.8]], undefined, [[5.9, 5], [6, 5.8]]],
  ['a run without a life', [7.1], [[4, 5], [6, 7]], undefined, [[7.1, 7]]],
  ['a life without a run', [3, 7.1], [[6, 7]], undefined, [[7.1, 7]]],
  ['a life from long before the run', [3], [[6, 7]], undefined, []],
  ['a life from long after the run', [18], [[6, 7]], undefined, []],
  ['a life that is rather that of the run that goes on', [7.9], [[6, 7]], 7.2, []],
  ['a life noticed late, while the next run goes on', [7.3], [[6, 7]], 7.2, [[7.3, 7]]],
  ['nothing', [], [], undefined, []],
] as const // prettier-ignore

describe('pairLives()', () => {
  for (const [what, ends, runs, openSince, expected] of cases) {
    test(`pairs ${what}`, () => {
      const pairs = pairLives({
        lives: ends.map((end) => makeLife(end)),
        runs: runs.map(([from, to]) => makeRun(from, to)),
        openSinceMs: openSince === undefined ? undefined : stageStartMs + openSince * 1000,
      })
      const inSeconds = (ms: number): number => Math.round(ms - stageStartMs) / 1000
      assert.deepEqual(
        pairs.map(([life, run]) => [inSeconds(life.endedAtMs), inSeconds(run.finishedAtMs)]),
        expected,
      )
    })
  }
})
