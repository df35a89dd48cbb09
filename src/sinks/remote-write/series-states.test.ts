import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { SeriesStates } from './series-states.ts'

describe('SeriesStates', () => {
  test('keeps what was written down of one series, apart from others', () => {
    const states = new SeriesStates(() => 0)
    states.of('a').total = 3
    states.of('b').total = 5
    states.of('a').newestMs = 7
    assert.deepEqual(states.of('a'), { total: 3, newestMs: 7 })
    assert.deepEqual(states.of('b'), { total: 5, newestMs: Number.NEGATIVE_INFINITY })
  })

  test('forgets what has been silent for an hour', () => {
    let minute = 0
    const states = new SeriesStates(() => minute * 60_000)
    states.of('idle').total = 1
    states.of('busy').total = 1
    minute = 59
    states.of('busy')
    assert.equal(states.size, 2)
    minute = 62
    assert.equal(states.of('busy').total, 1)
    assert.equal(states.size, 1)
    assert.equal(states.of('idle').total, undefined)
  })
})
