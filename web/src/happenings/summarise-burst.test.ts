import { describe, expect, test } from 'vitest'

import type { HappeningRow } from '../../../src/api/contract/happenings.ts'
import { sampleExit, sampleHappening, sampleOf } from '../testing/happening-samples.ts'
import { summariseBurst } from './summarise-burst.ts'

/** Rows that are given oldest first, summarised. */
function summarise(...oldestFirst: readonly HappeningRow[]): ReturnType<typeof summariseBurst> {
  return summariseBurst(oldestFirst.toReversed())
}

const start = sampleHappening
const exit = (afterS: number): HappeningRow => sampleExit(afterS, 1)

describe('summariseBurst()', () => {
  test('counts equal steps, in the order in which they came first', () => {
    const create = sampleHappening(0, { action: 'create' })
    const { steps, spanMs, containers, tone, lastEnd } = summarise(
      create,
      start(1),
      exit(2),
      start(3),
      sampleExit(5, 137),
    )
    expect(steps.map(({ row, count }) => [row.action, row.exitCode, count])).toEqual([
      ['create', null, 1],
      ['start', null, 2],
      ['exited', 1, 1],
      ['exited', 137, 1],
    ])
    expect({ spanMs, containers, tone }).toEqual({
      spanMs: 5000,
      containers: ['web'],
      tone: 'critical',
    })
    expect(lastEnd?.exitCode).toBe(137)
  })

  test.each<[string, readonly HappeningRow[], number]>([
    ['starts after ends', [start(0), exit(1), start(2), exit(3), start(4)], 2],
    ['no restart when it is made, started and ended', [start(0), exit(1)], 0],
    ['only ends', [exit(1), exit(2), exit(3)], 2],
    ['only starts', [start(1), start(2), start(3)], 2],
    ['a start after an end that began before', [exit(0), start(1)], 1],
  ])('counts restarts: %s', (_claim, rows, restarts) => {
    expect(summarise(...rows).restarts).toBe(restarts)
  })

  test('adds up the restarts of several containers, which start once each', () => {
    const names = ['a', 'b', 'c']
    const started = names.map((name, index) => start(index, { container: sampleOf(name) }))
    expect(summarise(...started)).toMatchObject({
      restarts: 0,
      containers: ['c', 'b', 'a'],
      lastEnd: undefined,
    })
  })
})
