import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { AggregatorRun, settingsWith } from '../../../../test/dogstatsd/aggregator-run.ts'

describe('Aggregator bounds', () => {
  test('contexts: those beyond are dropped, counted, and named', () => {
    const run = new AggregatorRun(settingsWith({}, { contexts: 3 }))
    run.send('a:1|c|#n:1\na:1|c|#n:2\nb:1|c\nb:1|c|#n:1\na:1:2|c|#n:3\na:1|c|#n:1')
    assert.deepEqual(run.close(), { 'a{n:1}': 2, 'a{n:2}': 1, 'b{}': 1 })
    assert.equal(run.counters.get('dropped.contexts_full'), 3)
    assert.deepEqual(run.all('offenders')[0]?.offenders, [
      { name: 'a', contexts: 2, dropped: 2 },
      { name: 'b', contexts: 1, dropped: 1 },
    ])
  })

  test('contexts: those that come again are counted and named as well', () => {
    const run = new AggregatorRun(settingsWith({}, { contexts: 1 }))
    run.send('a:1|c')
    for (let time = 0; time < 3; time += 1) run.send('b:1:2|c\nb:1|h|T5')
    run.close()
    assert.equal(run.counters.get('dropped.contexts_full'), 6)
    assert.equal(run.counters.get('dropped.timed_type'), 3)
    assert.deepEqual(run.all('offenders')[0]?.offenders, [{ name: 'b', contexts: 0, dropped: 6 }])
  })

  test('contexts: there is room again once others are forgotten', () => {
    const run = new AggregatorRun(settingsWith({}, { contexts: 1 }))
    run.send('a:1|g\nb:1|g')
    for (let interval = 0; interval < 3; interval += 1) run.close()
    run.send('b:2|g')
    assert.deepEqual(run.close(), { 'b{}': 2 })
    assert.deepEqual(run.all('offenders').at(-1)?.offenders, [])
  })

  test('members of sets', () => {
    const run = new AggregatorRun(settingsWith({}, { setMembers: 2 }))
    run.send('a:1|s\na:2|s\na:3|s\na:1|s')
    assert.deepEqual(run.close(), { 'a{}': 2 })
    assert.equal(run.counters.get('dropped.set_members_full'), 1)
    run.send('a:3|s')
    assert.deepEqual(run.close(), { 'a{}': 1 })
  })

  test('bins: a sample without room counts nowhere in a distribution', () => {
    const run = new AggregatorRun(settingsWith({}, { bins: 32 }))
    run.send('a:1:1000|d')
    assert.deepEqual(run.close(), { 'a{}': { summary: [1, 1, 1, 1], bins: [[1338, 1]] } })
    assert.equal(run.counters.get('dropped.bins_full'), 1)
  })

  test('events and complaints of a second', () => {
    const run = new AggregatorRun()
    for (let time = 0; time < 1200; time += 1) run.send('_e{1,1}:a|b\nbad')
    run.take()
    assert.equal(run.all('happenings')[0]?.happenings.length, 1000)
    assert.equal(run.all('complaints')[0]?.complaints.length, 10)
    assert.equal(run.counters.get('events'), 1000)
    assert.equal(run.counters.get('dropped.happenings_full'), 200)
    assert.equal(run.counters.get('bad.metric'), 1200)
  })

  test('sums: one beyond the largest number is told nowhere', () => {
    const run = new AggregatorRun()
    run.send('a:1e308|c\na:1e308|c\nb:1|c')
    assert.deepEqual(run.close(), { 'b{}': 1 })
    assert.equal(run.counters.get('bad.metric'), 1)
  })
})
