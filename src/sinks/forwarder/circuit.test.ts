import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Circuit, pauseMs } from './circuit.ts'

const backOff = { baseMs: 2000, maxMs: 64_000, factor: 2, recovery: 2, resets: false }

/** Fails so often, each time when it may be tried again; gives the time after the last failure. */
function failTimes(circuit: Circuit, times: number, fromMs = 1_000_000): number {
  let nowMs = fromMs
  for (let n = 0; n < times; n += 1) {
    if (circuit.room(nowMs) === 0) nowMs = circuit.nextChangeMs(nowMs)
    circuit.fail(nowMs, nowMs)
  }
  return nowMs
}

describe('Circuit', () => {
  test('lets everything through as long as nothing fails', () => {
    const circuit = new Circuit(backOff)
    circuit.succeed(1)
    assert.equal(circuit.room(1), Infinity)
    assert.equal(circuit.nextChangeMs(1), Infinity)
  })

  for (const [failures, longestMs] of [
    [1, 4000],
    [2, 8000],
    [5, 64_000],
    [50, 64_000],
  ] as const) {
    test(`pauses between ${longestMs / 2} and ${longestMs} ms after failure ${failures}, then lets one through`, () => {
      const circuit = new Circuit(backOff)
      const nowMs = failTimes(circuit, failures)
      assert.equal(circuit.room(nowMs), 0)
      const againMs = circuit.nextChangeMs(nowMs)
      assert.ok(againMs - nowMs >= longestMs / 2 && againMs - nowMs <= longestMs)
      assert.equal(circuit.room(againMs), 1)
    })
  }

  test('counts what fails together once', () => {
    const circuit = new Circuit(backOff)
    for (let n = 0; n < 8; n += 1) circuit.fail(1000, 2000 + n)
    assert.ok(circuit.nextChangeMs(2007) <= 2000 + 4000)
    circuit.succeed(3000)
    assert.equal(circuit.isInTrouble, false)
  })

  test('takes so many failures off for a success, and lets one at a time through until none is left', () => {
    const circuit = new Circuit(backOff)
    const nowMs = failTimes(circuit, 30)
    assert.equal(circuit.isFailing, true)
    circuit.succeed(nowMs)
    assert.deepEqual([circuit.isInTrouble, circuit.room(nowMs)], [true, 1])
    assert.equal(circuit.isFailing, false)
    circuit.succeed(nowMs)
    circuit.succeed(nowMs)
    assert.equal(circuit.isInTrouble, false)
  })

  test('forgets all failures at a success when it is told so', () => {
    const circuit = new Circuit({ ...backOff, resets: true })
    circuit.succeed(failTimes(circuit, 30))
    assert.equal(circuit.isInTrouble, false)
  })

  test('sends one at a time for a random while after an outage, at most ten seconds', (t) => {
    const circuit = new Circuit({ ...backOff, resets: true })
    const backMs = failTimes(circuit, 30)
    t.mock.method(Math, 'random', () => 0.999)
    circuit.succeed(backMs)
    assert.equal(circuit.room(backMs), 1)
    assert.equal(circuit.room(backMs + 9900), 1)
    assert.equal(circuit.room(backMs + 10_000), Infinity)
  })

  test('holds no longer than half the outage lasted', () => {
    const circuit = new Circuit(backOff)
    circuit.fail(1000, 1000)
    circuit.succeed(1100)
    assert.equal(circuit.room(1150), Infinity)
  })

  test('leaves the other side alone for as long as it asks, a minute at most', () => {
    const circuit = new Circuit(backOff)
    circuit.fail(0, 1000, 30_000)
    assert.equal(circuit.nextChangeMs(1000), 31_000)
    circuit.fail(0, 1000, 86_400_000)
    assert.equal(circuit.nextChangeMs(1000), 61_000)
  })

  test('takes a pause for over when the clock was set back', () => {
    const circuit = new Circuit(backOff)
    circuit.fail(10_000_000, 10_000_000)
    assert.equal(circuit.room(1_000_000), 1)
  })
})

describe('pauseMs()', () => {
  test('does not give all waiting ones the same pause', () => {
    const pauses = Array.from({ length: 50 }, () => pauseMs(9, backOff))
    assert.ok(Math.max(...pauses) - Math.min(...pauses) > 5000)
  })
})
