import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { storedSeries } from '../series-registry.ts'
import type { PointColumns } from '../store.ts'
import { LateMarks, type MarksInsert } from './late-marks.ts'

const nowMs = Date.UTC(2026, 0, 1, 10, 30)
const hourMs = 3_600_000
const series = ['a', 'b'].map((metric) =>
  storedSeries({ metric, kind: 'gauge', host: 'h', tags: [], intervalS: 1 }),
)

/** A point of each series at each time. */
function pointsAt(...agesMs: readonly number[]): readonly PointColumns[] {
  return series.map((one) => ({
    series: agesMs.map(() => one),
    timesMs: Float64Array.from(agesMs, (ageMs) => nowMs - ageMs),
    values: new Float64Array(agesMs.length),
  }))
}

/** Hour and metric of each mark. */
function marksIn({ columns }: MarksInsert): readonly string[] {
  const [insert] = columns
  if (insert === undefined) return []
  const [hours, metrics] = ['hour', 'metric'].map((name) => [
    ...(insert.columns.find((column) => column.name === name)?.data ?? []),
  ])
  return (hours ?? []).map(
    (hour, index) => `${new Date(Number(hour)).getUTCHours()} ${metrics?.[index]}`,
  )
}

describe('LateMarks', () => {
  test('marks nothing where points are in time', () => {
    assert.deepEqual(marksIn(new LateMarks().of(pointsAt(-1000, 0, 60_000), [], nowMs)), [])
  })

  test('marks each series once for each hour', () => {
    const marks = new LateMarks().of(pointsAt(61_000, 90_000, hourMs), [], nowMs)
    assert.deepEqual(marksIn(marks), ['10 a', '10 b', '9 a', '9 b'])
  })

  test('marks what is rolled up already, however new it is', () => {
    const late = new LateMarks()
    late.raise(nowMs)
    assert.deepEqual(marksIn(late.of(pointsAt(0), [], nowMs)), [])
    assert.deepEqual(marksIn(late.of(pointsAt(1), [], nowMs)), ['10 a', '10 b'])
  })

  test('marks again until the marks are written, and then not before a minute is over', () => {
    const late = new LateMarks()
    const again = (atMs: number): number => marksIn(late.of(pointsAt(hourMs), [], atMs)).length
    late.of(pointsAt(hourMs), [], nowMs)
    const marks = late.of(pointsAt(hourMs), [], nowMs)
    assert.equal(marksIn(marks).length, 2)
    marks.markWritten()
    assert.deepEqual([again(nowMs), again(nowMs + 59_999), again(nowMs + 60_000)], [0, 0, 2])
  })

  test('knows nothing of marks that belong to the pass before', () => {
    const late = new LateMarks()
    const marks = late.of(pointsAt(hourMs), [], nowMs)
    const first = late.beginPass(nowMs)
    assert.ok(late.beginPass(nowMs - hourMs) > first)
    marks.markWritten()
    assert.equal(marksIn(late.of(pointsAt(hourMs), [], nowMs)).length, 2)
  })
})
