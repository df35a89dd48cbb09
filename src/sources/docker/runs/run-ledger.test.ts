import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeReading, RunStage, stageStartMs } from '../../../../test/agent/run-stage.ts'

/** A ledger that follows an engine with these containers from second 0. */
function follow(...containers: Parameters<RunStage['list']>[1][]): RunStage {
  return new RunStage().list(0, ...containers)
}

const cases: readonly (readonly [what: string, stage: () => RunStage, told: readonly string[]])[] =
  [
    [
      'a run whose cgroup ends before the engine says so',
      () => follow().engine(4, 'start').life(5).engine(5.01, 'die', { exitCode: 0 }),
      ['a 4-5.01 exit 0 last_reading exact'],
    ],
    [
      'a run whose cgroup ends behind its die',
      () => follow().engine(4, 'start').engine(5, 'die', { exitCode: 3 }).life(5.4),
      ['a 4-5 exit 3 last_reading exact'],
    ],
    [
      'a run that ended before its start was told',
      () => follow().life(4).engine(4.02, 'start').engine(4.03, 'die', { exitCode: 0 }),
      ['a 4.02-4.03 exit 0 last_reading exact'],
    ],
    [
      'a run whose cgroup nobody saw, in 5 s',
      () => follow().engine(4, 'start').engine(4.1, 'die', { exitCode: 0 }),
      ['a 4-4.1 exit 0 none'],
    ],
    [
      'two runs of one container that was restarted',
      () =>
        follow()
          .engine(4, 'start')
          .life(5)
          .engine(5, 'die', { exitCode: 1 })
          .engine(5.1, 'start')
          .life(5.2)
          .engine(5.2, 'die', { exitCode: 2 }),
      ['a 4-5 exit 1 last_reading exact', 'a 5.1-5.2 exit 2 last_reading exact'],
    ],
    [
      'two runs whose lives come late, in their order',
      () =>
        follow()
          .engine(4, 'start')
          .engine(4.1, 'die', { exitCode: 1 })
          .engine(4.2, 'start')
          .engine(4.3, 'die', { exitCode: 2 })
          .life(4.35, { cpuNanos: 111, method: 'parent_remainder' })
          .life(4.4, { cpuNanos: 222 }),
      ['a 4-4.1 exit 1 parent_remainder exact', 'a 4.2-4.3 exit 2 last_reading exact'],
    ],
    [
      'a run that was paused, killed while frozen, and never thawed',
      () =>
        follow()
          .engine(4, 'start')
          .engine(5, 'pause')
          .engine(60, 'kill')
          .life(60.1)
          .engine(60.2, 'die', { exitCode: 137 }),
      ['a 4-60.2 exit 137 last_reading exact'],
    ],
    [
      'a run that ended with a removal by force, without a word of its exit',
      () => follow().engine(4, 'start').life(5).engine(5.1, 'destroy'),
      ['a 4-5.1 exit ? last_reading exact'],
    ],
    [
      'a run that the engine told twice to end',
      () =>
        follow()
          .engine(4, 'start')
          .life(5)
          .engine(5, 'die', { exitCode: 0 })
          .engine(5.4, 'die', { exitCode: 0 }),
      ['a 4-5 exit 0 last_reading exact'],
    ],
    [
      'a life long before a run, of a start that failed, is not of that run',
      () =>
        follow().life(4).engine(9, 'start').engine(9.5, 'die', { exitCode: 0 }).life(9.6).until(30),
      ['a 9-9.5 exit 0 last_reading exact'],
    ],
    [
      'a run with a process killed, by the engine',
      () =>
        follow().engine(4, 'start').engine(4.5, 'oom').engine(5, 'die', { exitCode: 137 }).life(5),
      ['a 4-5 exit 137 last_reading exact oom'],
    ],
    [
      'a run with a process killed, by its cgroup',
      () => follow().engine(4, 'start').engine(5, 'die', { exitCode: 0 }).life(5, { oomKills: 1 }),
      ['a 4-5 exit 0 last_reading exact oom'],
    ],
    [
      'a life that comes after the run was told: it is told again, better',
      () =>
        follow()
          .engine(4, 'start')
          .engine(5, 'die', { exitCode: 0 })
          .until(12)
          .life(12, {
            endedAtMs: stageStartMs + 5100,
          }),
      ['a 4-5 exit 0 none', 'a 4-5 exit 0 last_reading exact'],
    ],
    [
      'a run that was going on at the start, and whose start is told a moment later',
      () =>
        new RunStage()
          .list(1, { started: 0.9 })
          .engine(0.902, 'start', { toldAt: 1.1 })
          .life(5)
          .engine(5, 'die', { exitCode: 0 }),
      ['a 0.902-5 exit 0 last_reading exact'],
    ],
    [
      'a run that was going on at the start',
      () => follow({ started: -1000 }).life(5).engine(5, 'die', { exitCode: 0 }),
      ['a -1000-5 exit 0 last_reading exact'],
    ],
    [
      'nothing of what had ended before the start',
      () => follow({ started: -60, finished: -50 }),
      [],
    ],
    [
      'a run that ended between the opening of the stream and the list',
      () =>
        new RunStage()
          .list(0.5, { started: -9, finished: 0.2 })
          .engine(0.21, 'die', { exitCode: 3, toldAt: 0.6 }),
      ['a -9-0.21 exit 3 none'],
    ],
    [
      'a run that ended while the engine was away: its life tells, then the list its exit',
      () =>
        follow().engine(4, 'start').lost(10).life(20).until(40).list(41, {
          started: 4,
          finished: 20.1,
        }),
      ['a 4-20 exit ? last_reading exact', 'a 4-20.1 exit 0 last_reading exact'],
    ],
    [
      'a run that ended while the engine was away for a moment',
      () => follow().engine(4, 'start').lost(10).life(12).list(13, { started: 4, finished: 12.1 }),
      ['a 4-12.1 exit 0 last_reading exact'],
    ],
    [
      'a run that ended while the engine was away, and was removed',
      () => follow().engine(4, 'start').lost(10).life(12).list(13),
      ['a 4-12 exit ? last_reading exact'],
    ],
    [
      'a run that ended while the engine was away, its events caught up',
      () =>
        follow()
          .engine(4, 'start')
          .lost(10)
          .life(12)
          .list(13, { started: 4, finished: 12.1 })
          .engine(12.2, 'die', { exitCode: 7, toldAt: 13.5 }),
      ['a 4-12.2 exit 7 last_reading exact'],
    ],
    [
      'a run that began and ended while the engine was away',
      () => follow().lost(10).life(14).list(20, { started: 12, finished: 14.1 }),
      ['a 12-14.1 exit 0 last_reading exact'],
    ],
    [
      'a run that went on while the engine was away (live-restore)',
      () =>
        follow()
          .engine(4, 'start')
          .lost(10)
          .list(20, { started: 3.999 })
          .until(30)
          .life(40)
          .engine(40, 'die', { exitCode: 0 }),
      ['a 4-40 exit 0 last_reading exact'],
    ],
    [
      'a run that was ended by the return of the engine, and the next one',
      () =>
        follow()
          .engine(4, 'start')
          .lost(10)
          .life(19)
          .list(20, { started: 19.5 })
          .until(30)
          .life(40)
          .engine(40, 'die', { exitCode: 0 }),
      ['a 4-19 exit ? last_reading exact', 'a 19.5-40 exit 0 last_reading exact'],
    ],
    [
      'a run whose end an engine notices late, which calls it running meanwhile',
      () =>
        follow()
          .engine(4, 'start')
          .life(5)
          .lost(21)
          .list(22, { started: 3.999 })
          .engine(23, 'die', { exitCode: 0 }),
      ['a 4-5 exit ? last_reading exact', 'a 4-23 exit 0 last_reading exact'],
    ],
    [
      'a second start without an end between them',
      () =>
        follow()
          .engine(4, 'start')
          .engine(9, 'start')
          .life(12)
          .engine(12, 'die', { exitCode: 0 })
          .until(20),
      ['a 9-12 exit 0 last_reading exact', 'a 4-9 exit ? none'],
    ],
    [
      'nothing of a container that is kept out',
      () => {
        const stage = follow()
        stage.hidden.add('a')
        return stage.engine(4, 'start').life(5).engine(5, 'die', { exitCode: 0 })
      },
      [],
    ],
    [
      'a run although the clock was set back an hour in it',
      () => {
        const stage = follow().engine(4, 'start')
        stage.wallShiftMs = -3_600_000
        return stage.engine(-3595, 'die', { exitCode: 0, toldAt: 5 })
      },
      ['a 4-4 exit 0 none'],
    ],
  ]

describe('RunLedger', () => {
  for (const [what, stage, told] of cases)
    test(`tells ${what}`, () => {
      const played = stage()
      played.until(70)
      assert.deepEqual(played.told(), told)
    })

  test('has only this dropped: lives of no run, ends of no start', () => {
    assert.deepEqual(follow().life(4).until(20).dropped, { 'docker.lives_without_run': 1 })
    const other = follow()
    other.foreign.add('a')
    assert.deepEqual(other.life(4).until(20).dropped, {})
    const die = follow().until(10).engine(10, 'die', { exitCode: 0 })
    assert.deepEqual(die.dropped, { 'docker.runs_without_start': 1 })
    for (const [what, stage] of cases.filter(([name]) => !name.includes('start that failed')))
      assert.deepEqual(stage().until(70).dropped, {}, what)
  })

  test('keeps a life without a run as long as the engine is away', () => {
    const stage = follow().lost(1).life(4).until(3000)
    assert.deepEqual(stage.dropped, {})
    stage.list(3000, { started: 3, finished: 4 }).until(3010)
    assert.deepEqual(stage.told(), ['a 3-4 exit 0 last_reading exact'])
  })

  test('bounds what it keeps, and counts what goes', () => {
    const stage = follow().lost(1).until(2)
    for (let at = 0; at < 2100; at += 1) stage.life(2, { containerId: `c${at}` })
    assert.deepEqual(stage.dropped, { 'docker.lives_overflow': 100 })
    const storm = follow().until(4)
    for (let at = 0; at < 2100; at += 1) {
      storm.engine(4, 'start', { id: `c${at}` }).engine(4, 'die', { id: `c${at}`, exitCode: 0 })
    }
    storm.until(5)
    assert.equal(storm.told().length, 100)
    assert.equal(storm.until(12).told().length, 2100)
    assert.deepEqual(storm.dropped, {})
  })

  test('takes the last reading of this run where its life was not seen', () => {
    const stage = follow().engine(4, 'start')
    stage.readings.set('a', makeReading(8.5, { cpuNanos: 1e9 }))
    stage.engine(9, 'die', { exitCode: 0 }).until(20)
    assert.deepEqual(stage.told(), ['a 4-9 exit 0 last_sample'])
    assert.match(stage.totals[0]?.reason ?? '', /up to 2\.0 s can be missing$/)
  })

  test('does not take the reading of the run before', () => {
    const stage = follow().engine(4, 'start')
    stage.readings.set('a', makeReading(8.5, { cpuNanos: 1e9 }))
    stage.engine(9, 'die', { exitCode: 0 }).engine(9.2, 'start')
    stage.engine(9.3, 'die', { exitCode: 0 }).until(20)
    assert.deepEqual(stage.told(), ['a 4-9 exit 0 last_sample', 'a 9.2-9.3 exit 0 none'])
  })

  test('calls a run by its newest name', () => {
    const stage = follow().engine(4, 'start').engine(5, 'rename', { name: 'other' })
    stage.life(6).engine(6, 'die', { exitCode: 0, name: 'other' }).until(8)
    assert.equal(stage.totals[0]?.name, 'other')
  })

  test('leaves a run that still waits for its life to the next process, should this one be killed', () => {
    const killed = follow().engine(4, 'start').engine(5, 'die', { exitCode: 3 }).until(6)
    const next = new RunStage({ runs: killed.ledger.openRuns(), seenUntil: 5 })
    next.until(60).list(60, { started: 3.999, finished: 5 }).until(70)
    assert.deepEqual(next.told(), ['a 4-5 exit 0 none'])
  })

  test('tells at the end all that has ended, and leaves the rest to the next process', () => {
    const stage = follow().engine(4, 'start').engine(4, 'start', { id: 'b', name: 'db' })
    stage.engine(4, 'start', { id: 'c' }).life(4.5, { containerId: 'c' })
    stage.engine(5, 'die', { exitCode: 0 })
    stage.totals.push(...stage.ledger.takeAll())
    assert.deepEqual(stage.told(), ['a 4-5 exit 0 none', 'c 4-4.5 exit ? last_reading exact'])
    const runs = stage.ledger.openRuns()
    const startedAtMs = stageStartMs + 4000
    const kept = { id: 'b', startedAtMs, isFromList: false, name: 'db', image: 'team/web:1.2' }
    assert.deepEqual(runs, [kept])
    const next = new RunStage({ runs, seenUntil: 5 })
    next.until(60).list(60).engine(8, 'die', { id: 'b', name: 'db', exitCode: 5, toldAt: 60.2 })
    next.until(70)
    assert.deepEqual(next.told(), ['b 4-8 exit 5 none'])
    const unseen = new RunStage({ runs, seenUntil: 5 })
    unseen.until(60).list(60, { started: 20, finished: 30 }).until(70)
    assert.deepEqual(unseen.told(), ['b 4-60 exit ? none', 'a 20-30 exit 0 none'])
    assert.match(unseen.totals[0]?.reason ?? '', /did not follow the engine/)
    assert.equal(unseen.totals[0]?.name, 'db')
  })
})
