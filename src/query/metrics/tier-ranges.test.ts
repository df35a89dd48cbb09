import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { TierStates } from '../../store/rollups/point-tiers.ts'
import { finestStepS, tierRanges } from './tier-ranges.ts'

const hourMs = 3_600_000
/** Noon of the first day is now. */
const nowMs = 12 * hourMs

/** Six hours, seven days, 90 days and two years, rolled up as far as 90 s ago. */
const tiers: TierStates = [
  { table: 'points_1s', stepS: 1, keptFromMs: nowMs - 6 * hourMs, completeToMs: Infinity },
  { table: 'points_10s', stepS: 10, keptFromMs: nowMs - 168 * hourMs, completeToMs: 43_110_000 },
  { table: 'points_1m', stepS: 60, keptFromMs: nowMs - 2160 * hourMs, completeToMs: 43_080_000 },
  {
    table: 'points_1h',
    stepS: 3600,
    keptFromMs: nowMs - 17_520 * hourMs,
    completeToMs: 39_600_000,
  },
]

describe('tierRanges()', () => {
  /** Times in seconds before now. */
  const ask = (startS: number, intervalS: number, spanS = startS): readonly string[] => {
    const startMs = nowMs - startS * 1000
    const grid = { startMs, intervalMs: intervalS * 1000, length: Math.ceil(spanS / intervalS) }
    return tierRanges(grid, tiers).map(
      ({ table, fromMs, toMs }) => `${table} ${(nowMs - fromMs) / 1000} ${(nowMs - toMs) / 1000}`,
    )
  }
  const table: readonly (readonly [
    claim: string,
    startS: number,
    intervalS: number,
    spanS: number | undefined,
    expected: readonly string[],
  ])[] = [
    ['reads raw points for seconds', 600, 1, undefined, ['points_1s 600 0']],
    ['reads raw points where no coarser step divides', 600, 15, undefined, ['points_1s 600 0']],
    [
      'reads the coarsest that divides, and what it lacks of the finer',
      3600,
      10,
      undefined,
      ['points_10s 3600 90', 'points_1s 90 0'],
    ],
    [
      'steps down through all of them',
      86_400,
      3600,
      undefined,
      ['points_1h 86400 3600', 'points_1m 3600 120', 'points_10s 120 90', 'points_1s 90 0'],
    ],
    ['leaves out what ends before it', 86_400, 60, 3600, ['points_1m 86400 82800']],
    [
      'reads finer than it divides rather than coarser',
      86_400,
      90,
      3600,
      ['points_10s 86400 82800'],
    ],
    [
      'reads coarser points than asked for where finer are gone',
      30 * 86_400,
      10,
      600,
      ['points_1m 2592000 2591400'],
    ],
    [
      'reads what reaches farthest where nothing reaches back',
      1000 * 86_400,
      60,
      600,
      ['points_1h 86400000 86399400'],
    ],
    ['knows that steps have to begin together, too', 7230, 60, 600, ['points_10s 7230 6630']],
  ]
  for (const [claim, startS, intervalS, spanS, expected] of table) {
    test(claim, () => assert.deepEqual(ask(startS, intervalS, spanS), expected))
  }

  test('reads raw points while nothing is rolled up', () => {
    const empty = tiers.map((tier, place) => (place === 0 ? tier : { ...tier, completeToMs: 0 }))
    const grid = { startMs: nowMs - hourMs, intervalMs: 60_000, length: 60 }
    assert.deepEqual(tierRanges(grid, empty), [
      { table: 'points_1s', fromMs: nowMs - hourMs, toMs: nowMs },
    ])
  })
})

describe('finestStepS()', () => {
  const table: readonly (readonly [claim: string, hours: number, expected: number])[] = [
    ['has each moment of today', 1, 1],
    ['has tens of seconds of this week', 48, 10],
    ['has minutes of this quarter', 720, 60],
    ['has hours of last year', 8000, 3600],
    ['has hours of what is gone', 80_000, 3600],
  ]
  for (const [claim, hours, expected] of table) {
    test(claim, () => assert.equal(finestStepS(tiers, nowMs - hours * hourMs), expected))
  }
})
