import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  AggregatorRun,
  settingsWith,
  withOrigins,
} from '../../../../test/dogstatsd/aggregator-run.ts'

describe('Aggregator tells', () => {
  test('a count as 0 for as long as it is kept, then nothing more of it', () => {
    const run = new AggregatorRun(settingsWith({ counterExpiryS: 30 }))
    run.send('hits:5|c')
    const values = Array.from({ length: 6 }, () => run.close()['hits{}'])
    assert.deepEqual(values, [5, 0, 0, 0, undefined, undefined])
    assert.equal(run.all('forgotten').length, 1)
    assert.equal(run.aggregator.isEmpty, true)
  })

  test('nothing of a gauge without samples, and forgets it after its time', () => {
    const run = new AggregatorRun()
    run.send('load:5|g')
    assert.deepEqual(run.close(), { 'load{}': 5 })
    assert.deepEqual(run.close(), {})
    assert.equal(run.aggregator.isEmpty, false)
    assert.deepEqual(run.close(), {})
    assert.equal(run.aggregator.isEmpty, true)
    assert.equal(run.counters.get('contexts'), 0)
  })

  test('contexts and origins before what refers to them, each once', () => {
    const run = new AggregatorRun(withOrigins)
    run.send('a:1|g|c:ci-1\na:2|g|c:ci-1', 7)
    run.send('a:1|g|c:ci-1', 7)
    run.close()
    assert.deepEqual(
      run.messages.map(({ kind }) => kind),
      ['origins', 'contexts', 'closed'],
    )
    assert.deepEqual(run.all('origins')[0]?.origins, [
      { id: 1, senderContainerId: 'container7', localData: 'ci-1' },
    ])
    assert.deepEqual(
      [...run.contexts.values()],
      [{ id: 0, type: 'gauge', name: 'a', tags: [], originId: 1 }],
    )
  })

  test('a context anew after it was forgotten, under a number that others had', () => {
    const run = new AggregatorRun()
    run.send('old:1|g')
    for (let interval = 0; interval < 4; interval += 1) run.close()
    run.send('new:2|g\nold:3|g\nold:4|g')
    assert.deepEqual(run.close(), { 'new{}': 2, 'old{}': 4 })
    assert.equal(run.contexts.size, 2)
  })

  test('an interval in parts, of which the last says so, while samples come for the next', () => {
    const run = new AggregatorRun()
    const lines = Array.from({ length: 25 }, (_, at) => `n${at}:1|c`).join('\n')
    run.send(lines)
    run.nowS += 10
    run.aggregator.switchBucket(run.nowS)
    run.aggregator.drain(10)
    run.send(lines)
    run.send(lines)
    assert.equal(Object.keys(run.drain(10)).length, 25)
    assert.deepEqual(
      run.all('closed').map(({ isLast }) => isLast),
      [false, false, true],
    )
    assert.deepEqual(new Set(Object.values(run.close())), new Set([2]))
  })

  test('all of an interval even if the next ends before it was drained', () => {
    const run = new AggregatorRun()
    run.send('a:1|c')
    run.aggregator.switchBucket(run.nowS + 10)
    run.send('a:2|c')
    run.aggregator.switchBucket(run.nowS + 20)
    run.drain()
    assert.deepEqual(
      run.all('closed').map(({ startS, values }) => [startS, values[0]]),
      [
        [run.nowS, 1],
        [run.nowS + 10, 2],
      ],
    )
  })

  test('the open interval at the end only if it is asked to', () => {
    for (const isIncluded of [true, false]) {
      const run = new AggregatorRun()
      run.send('a:1|c')
      run.aggregator.closeAll(isIncluded)
      run.take()
      assert.equal(run.all('closed').length, isIncluded ? 1 : 0)
    }
  })

  test('nothing while nothing came', () => {
    const run = new AggregatorRun()
    run.close()
    run.close()
    assert.deepEqual(run.messages, [])
    assert.equal(run.aggregator.isEmpty, true)
  })
})

describe('Aggregator forgets', () => {
  /** Puts all contexts into the state in which they are about to be forgotten. */
  function runUpToForgetting(run: AggregatorRun): void {
    for (let interval = 0; interval < 2; interval += 1) run.close()
    run.nowS += 10
    run.aggregator.switchBucket(run.nowS)
    assert.equal(run.aggregator.drain(100_000), true)
  }

  test('no context that is heard of while others are forgotten', () => {
    const run = new AggregatorRun()
    run.send('a:1|g\nb:1|g')
    runUpToForgetting(run)
    run.send('a:2|g')
    run.drain()
    assert.deepEqual(
      run.all('forgotten').map(({ contextIds }) => Array.from(contextIds)),
      [[1]],
    )
    assert.deepEqual(run.close(), { 'a{}': 2 })
  })

  test('no context that is heard of, even if there is no room for its sample', () => {
    const run = new AggregatorRun(settingsWith({}, { bins: 32 }))
    run.send('a:1|d')
    run.close()
    run.close()
    run.send('b:1|d')
    runUpToForgetting(run)
    run.send('c:1|d')
    // All aliases are gone now, but no context yet.
    run.aggregator.drain(10_000)
    run.send('b:1|d')
    run.drain()
    run.close()
    run.send('x:3|g\ny:4|g')
    run.send('b:1|d')
    const told = run.close()
    assert.deepEqual([told['x{}'], told['y{}']], [3, 4])
    assert.deepEqual(told['b{}'], { summary: [1, 1, 1, 1], bins: [[1338, 1]] })
  })

  test('a number before it is given to another context', () => {
    const run = new AggregatorRun()
    run.send(Array.from({ length: 40 }, (_, at) => `old${at}:1|g`).join('\n'))
    runUpToForgetting(run)
    for (let isMore = true, at = 0; isMore; at += 1) {
      run.send(`new${at}:1|g`)
      isMore = run.aggregator.drain(1)
      run.take()
    }
    const known = new Set<number>()
    for (const message of run.messages) {
      if (message.kind === 'forgotten') for (const id of message.contextIds) known.delete(id)
      if (message.kind !== 'contexts') continue
      for (const { id } of message.contexts) {
        assert.equal(known.has(id), false)
        known.add(id)
      }
    }
    assert.equal(known.size, run.counters.get('contexts'))
  })

  test('the aliases of what is forgotten, also if they move meanwhile', () => {
    const run = new AggregatorRun()
    const lines = (name: string, count: number, value: number): string =>
      Array.from({ length: count }, (_, at) => `${name}${at}:${value}|g`).join('\n')
    run.send(lines('old', 1000, 1))
    runUpToForgetting(run)
    // Half of the slots.
    run.aggregator.drain(128)
    run.send(lines('new', 1500, 2))
    run.drain()
    run.close()
    run.send(lines('next', 1000, 3))
    run.send(lines('old', 1000, 4))
    const told = run.close()
    assert.equal(Object.keys(told).length, 2000)
    for (let at = 0; at < 1000; at += 1) {
      assert.equal(told[`next${at}{}`], 3)
      assert.equal(told[`old${at}{}`], 4)
    }
  })
})
