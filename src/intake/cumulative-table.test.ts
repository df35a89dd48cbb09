import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CumulativeTable, type Growth } from './cumulative-table.ts'

const hourMs = 3_600_000
const openedAtMs = 10 * hourMs

const subtract = (later: number, earlier: number): number | undefined =>
  later < earlier ? undefined : later - earlier

interface Step {
  readonly startMs: number
  readonly timeMs: number
  readonly value: number
}

function advance(table: CumulativeTable, key: string, step: Step): Growth<number> {
  return table.begin(step.timeMs).advance(key, { ...step, size: 1 }, subtract)
}

const startMs = openedAtMs + 1000

describe('CumulativeTable', () => {
  test('tells growth, a fall as a new beginning, and what is late', () => {
    const table = new CumulativeTable(openedAtMs)
    const at = (timeMs: number, value: number): unknown =>
      advance(table, 'a', { startMs, timeMs: startMs + timeMs, value })
    assert.deepEqual(at(10, 5), { kind: 'grown', value: 5, sinceMs: startMs, isWhole: true })
    assert.deepEqual(at(20, 8), { kind: 'grown', value: 3, sinceMs: startMs + 10, isWhole: false })
    assert.deepEqual(at(20, 8), { kind: 'late' })
    assert.deepEqual(at(15, 6), { kind: 'late' })
    assert.deepEqual(at(30, 2), { kind: 'grown', value: 2, sinceMs: startMs + 20, isWhole: true })
  })

  test('does not count what was before it, or what nobody says the start of', () => {
    const table = new CumulativeTable(openedAtMs)
    for (const [key, start] of [
      ['old', openedAtMs - 1],
      ['unknown', 0],
      ['now', startMs],
    ] as const) {
      // prettier-ignore
      assert.equal(advance(table, key, { startMs: start, timeMs: startMs, value: 9 }).kind, 'first')
    }
    const next = advance(table, 'unknown', { startMs: 0, timeMs: startMs + 1000, value: 11 })
    assert.deepEqual(next, { kind: 'grown', value: 2, sinceMs: startMs, isWhole: false })
  })

  test('forgets what was silent for an hour, and does not count it again', () => {
    const table = new CumulativeTable(openedAtMs, { series: 1, numbers: 10 })
    advance(table, 'a', { startMs, timeMs: startMs + 10, value: 5 })
    const other = { startMs, timeMs: startMs + 20, value: 1 }
    assert.equal(advance(table, 'b', other).kind, 'no-room')
    const later = startMs + hourMs + 10
    assert.equal(advance(table, 'a', { startMs, timeMs: later, value: 8 }).kind, 'first')
  })

  test('takes readings back, but for those that another export has passed', () => {
    const table = new CumulativeTable(openedAtMs)
    const readings = table.begin(startMs)
    const reading = (timeMs: number, value: number): Step & { size: number } => ({
      startMs,
      timeMs: startMs + timeMs,
      value,
      size: 1,
    })
    readings.advance('a', reading(10, 5), subtract)
    readings.advance('b', reading(10, 5), subtract)
    readings.advance('b', reading(20, 9), subtract)
    advance(table, 'a', reading(20, 7))
    readings.takeBack()
    assert.equal(advance(table, 'a', reading(15, 6)).kind, 'late')
    const again = advance(table, 'b', reading(10, 5))
    assert.deepEqual(again, { kind: 'grown', value: 5, sinceMs: startMs, isWhole: true })
  })

  test('has room for so many numbers', () => {
    const table = new CumulativeTable(openedAtMs, { series: 10, numbers: 5 })
    const kinds = [3, 3, 2].map((size, n) => {
      const reading = { startMs, timeMs: startMs + 10, value: 1, size }
      return table.begin(startMs).advance(String(n), reading, subtract).kind
    })
    assert.deepEqual(kinds, ['grown', 'no-room', 'grown'])
  })
})
