import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { TierStates } from '../../../store/rollups/point-tiers.ts'
import { planReads, type ReadWish } from './plan-reads.ts'

const hourMs = 3_600_000
const nowMs = 1_000_000 * hourMs

const tiers: TierStates = [
  { table: 'points_1s', stepS: 1, keptFromMs: nowMs - 6 * hourMs, completeToMs: Infinity },
  {
    table: 'points_10s',
    stepS: 10,
    keptFromMs: nowMs - 168 * hourMs,
    completeToMs: nowMs - 90_000,
  },
  {
    table: 'points_1m',
    stepS: 60,
    keptFromMs: nowMs - 2160 * hourMs,
    completeToMs: nowMs - 120_000,
  },
  { table: 'points_1h', stepS: 3600, keptFromMs: 0, completeToMs: nowMs - 2 * hourMs },
]

function plan(hours: number, change: Partial<ReadWish> = {}): readonly string[] {
  const reads = planReads(tiers, {
    fromMs: nowMs - hours * hourMs,
    toMs: nowMs,
    series: 1,
    pointsPerS: 1,
    coarsestMs: hourMs,
    affordableRows: 1_000_000,
    maxRows: 50_000_000,
    ...change,
  })
  return reads.map(
    ({ table, fromMs, toMs }) => `${table} ${(fromMs - nowMs) / 1000} ${(toMs - nowMs) / 1000}`,
  )
}

describe('planReads()', () => {
  test('takes the points where they reach back and are few', () => {
    assert.deepEqual(plan(1), ['points_1s -3600 0.001'])
  })

  test('takes the finest rollup that reaches back, and finer ones for what is newer', () => {
    assert.deepEqual(plan(24), ['points_10s -86410 -90', 'points_1s -90 0.001'])
    assert.deepEqual(plan(1000), [
      'points_1m -3600060 -120',
      'points_10s -120 -90',
      'points_1s -90 0.001',
    ])
  })

  test('takes a coarser one where finer ones have too many rows', () => {
    assert.deepEqual(plan(5, { series: 1000, pointsPerS: 1000 })[0], 'points_1m -18060 -120')
  })

  test('takes none that is coarser than the answer', () => {
    const wish = { series: 1000, pointsPerS: 1000, coarsestMs: 10_000 }
    assert.deepEqual(plan(5, wish)[0], 'points_10s -18010 -90')
  })

  test('takes a coarser one than the answer where there is nothing else', () => {
    assert.deepEqual(plan(5000, { coarsestMs: 1000 })[0], 'points_1h -18003600 -7200')
  })

  test('begins one interval before the one that the time begins in', () => {
    assert.deepEqual(plan(24.001)[0], 'points_10s -86420 -90')
  })

  test('refuses what would go through too many rows', () => {
    const wish = { series: 50_000, pointsPerS: 50_000, coarsestMs: 0 }
    assert.throws(() => plan(5, wish), { type: 'execution', message: /50000000 samples/ })
  })
})
