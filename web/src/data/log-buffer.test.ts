import { beforeEach, describe, expect, test } from 'vitest'

import { sampleLine, sampleLines } from '../testing/log-samples.ts'
import { createLogBuffer, type LogBuffer } from './log-buffer.ts'
import type { LogGap } from './log-item.ts'

let buffer: LogBuffer

beforeEach(() => {
  buffer = createLogBuffer({ followed: 10, waiting: 4 })
})

/** Brings lines that were printed so many milliseconds after the first, each in a time of its own. */
function comeAt(timesMs: readonly number[], skipped = 0): void {
  buffer.append({ rows: timesMs.map((ms) => sampleLine(ms)), skipped })
}

function come(first: number, last: number, skipped = 0): void {
  buffer.append({ rows: sampleLines(first, last), skipped })
}

/** Numbers of the lines; a gap as `-n`. */
function shown(): readonly number[] {
  return buffer
    .items()
    .map((item) =>
      item.kind === 'gap' ? -item.skipped : Number(item.row.id.slice('line-'.length)),
    )
}

function firstGap(): LogGap {
  const gap = buffer.items().find((item) => item.kind === 'gap')
  if (gap?.kind !== 'gap') throw new Error('There is no gap')
  return gap
}

describe('createLogBuffer()', () => {
  test('shows each line once, however often it comes', () => {
    buffer.reset(sampleLines(1, 3))
    come(2, 5)
    come(4, 5)
    buffer.prepend(sampleLines(0, 2))
    expect(shown()).toEqual([0, 1, 2, 3, 4, 5])
  })

  test('keeps the newest lines while it follows, and knows that older ones went', () => {
    buffer.reset(sampleLines(1, 8))
    expect(buffer.isTrimmed()).toBe(false)
    come(9, 13)
    expect(shown()).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
    expect(buffer.isTrimmed()).toBe(true)
    buffer.prepend(sampleLines(1, 3))
    expect(shown()[0]).toBe(1)
    expect(buffer.isTrimmed()).toBe(false)
  })

  test('says where lines were skipped, and how many', () => {
    buffer.reset(sampleLines(1, 2))
    come(8, 9, 5)
    expect(shown()).toEqual([1, 2, -5, 8, 9])
  })

  test('moves nothing while held, and brings all that came when released', () => {
    buffer.reset(sampleLines(1, 2))
    buffer.hold()
    come(3, 4)
    come(5, 6)
    expect(shown()).toEqual([1, 2])
    expect(buffer.waitingCount()).toBe(4)
    buffer.release()
    expect(shown()).toEqual([1, 2, 3, 4, 5, 6])
    expect(buffer.waitingCount()).toBe(0)
  })

  test('bounds what waits, and counts what does not fit as a gap that can be filled', () => {
    buffer.reset(sampleLines(1, 2))
    buffer.hold()
    come(3, 6)
    come(9, 10, 2)
    expect(buffer.waitingCount()).toBe(8)
    buffer.release()
    expect(shown()).toEqual([1, 2, -4, 5, 6, 9, 10])
    buffer.fill(firstGap(), sampleLines(2, 4), false)
    expect(shown()).toEqual([1, 2, 3, 4, -2, 5, 6, 9, 10])
    buffer.fill(firstGap(), sampleLines(7, 8), true)
    expect(shown()).toEqual([1, 2, 3, 4, 7, 8, 5, 6, 9, 10])
  })

  test('forgets what waited when another question is answered', () => {
    buffer.hold()
    come(1, 2)
    buffer.reset(sampleLines(5, 6))
    expect(buffer.waitingCount()).toBe(0)
    buffer.release()
    expect(shown()).toEqual([5, 6])
  })
})

describe('createLogBuffer() of lines that come late', () => {
  test('puts what comes later at its place by time', () => {
    buffer.reset(sampleLines(1, 1))
    comeAt([300, 400, 689])
    comeAt([200, 350, 602, 700])
    comeAt([100, 690])
    expect(shown()).toEqual([1, 100, 200, 300, 350, 400, 602, 689, 690, 700])
  })

  test('orders by nanoseconds within a millisecond, and then by what came first', () => {
    const bring = (id: number, timeNanos: number): void =>
      buffer.append({
        rows: [sampleLine(5, { id: `line-${id}`, timeNanos })],
        skipped: 0,
      })
    bring(1, 20)
    bring(2, 10)
    bring(3, 20)
    bring(4, 10)
    expect(shown()).toEqual([2, 4, 1, 3])
  })

  test('looks two seconds back and no further: a backlog keeps its order there', () => {
    comeAt([1000, 2000, 3000, 4000, 5000])
    comeAt([100, 1500, 2500, 4500])
    expect(shown()).toEqual([1000, 2000, 100, 1500, 2500, 3000, 4000, 4500, 5000])
  })

  test('moves no line across a gap', () => {
    comeAt([100, 300])
    comeAt([200, 500], 7)
    comeAt([250, 400])
    expect(shown()).toEqual([100, 300, -7, 200, 250, 400, 500])
  })

  test('leaves a held list alone, and brings what waited to its place when released', () => {
    comeAt([100, 300])
    buffer.hold()
    comeAt([200, 500])
    comeAt([250, 400])
    expect(shown()).toEqual([100, 300])
    buffer.release()
    expect(shown()).toEqual([100, 200, 250, 300, 400, 500])
  })

  test('lets the oldest go, also when another came later', () => {
    buffer = createLogBuffer({ followed: 3, waiting: 2 })
    comeAt([200, 300, 400])
    comeAt([350])
    expect(shown()).toEqual([300, 350, 400])
    buffer.hold()
    comeAt([600, 700])
    comeAt([650])
    buffer.release()
    expect(shown()).toEqual([-1, 650, 700])
  })
})
