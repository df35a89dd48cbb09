import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { RunStage } from '../../../../test/agent/run-stage.ts'

describe('EndedRuns, in a ledger', () => {
  test('tells again only a run of which more is known', () => {
    const stage = new RunStage().list(0).engine(4, 'start').life(5)
    stage.engine(5, 'die', { exitCode: 0 }).until(20)
    stage.list(20, { started: 4, finished: 5 }).engine(5, 'die', { exitCode: 0, toldAt: 20.5 })
    stage.until(40)
    assert.deepEqual(stage.told(), ['a 4-5 exit 0 last_reading exact'])
  })

  test('does not take the end of the next run for that of one without an exit code', () => {
    const stage = new RunStage().list(0).engine(4, 'start').engine(5, 'start').until(20)
    stage.engine(30, 'die', { exitCode: 4 }).until(40)
    assert.deepEqual(stage.told(), ['a 4-5 exit ? none', 'a 5-30 exit 4 none'])
  })

  test('gives a late life to the run that lacks it, not to the newest', () => {
    const stage = new RunStage().list(0).engine(4, 'start').engine(5, 'die', { exitCode: 1 })
    stage.engine(11, 'start').life(12).engine(12, 'die', { exitCode: 2 }).until(13)
    stage.life(13, { endedAtMs: Date.UTC(0), containerId: 'b' }).until(40)
    assert.deepEqual(stage.told(), ['a 4-5 exit 1 none', 'a 11-12 exit 2 last_reading exact'])
  })
})
