import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { TierState, TierTable } from '../rollups/point-tiers.ts'
import { chooseDrops, type DropRules } from './choose-drops.ts'
import type { Partition } from './read-partitions.ts'

const hourMs = 3_600_000
const nowMs = 1000 * hourMs

/** All rows are older than so many hours. */
function partition(table: string, ageHours: number, bytes = 100): Partition {
  return { table, id: `${ageHours}`, untilMs: nowMs - ageHours * hourMs, bytes }
}

function tier(table: TierTable, keptHours: number, completeToMs: number): TierState<TierTable> {
  return { table, stepS: 1, keptFromMs: nowMs - keptHours * hourMs, completeToMs }
}

function chosen(partitions: readonly Partition[], rules: Partial<DropRules> = {}): unknown {
  const completeToMs = nowMs - hourMs / 10
  const drops = chooseDrops(partitions, {
    nowMs,
    tiers: [
      [
        tier('points_1s', 6, Infinity),
        tier('points_10s', 100, completeToMs),
        tier('points_1m', 500, completeToMs),
      ],
      [tier('sketches', 100, Infinity), tier('sketches_10m', 500, completeToMs)],
    ],
    lateHoursMs: [],
    maxBytes: 0,
    ...rules,
  })
  return drops.map(({ table, id, reason }) => `${table} ${id} ${reason}`)
}

const raw = [7, 6.5, 3, 2].map((age) => partition('points_1s', age))

describe('chooseDrops()', () => {
  test('takes what is older than it is kept', () => {
    const old = [partition('sketches', 101), partition('points_1m', 501), partition('series', 999)]
    assert.deepEqual(chosen([...old, ...raw]), [
      'sketches 101 age',
      'points_1m 501 age',
      'points_1s 7 age',
      'points_1s 6.5 age',
    ])
  })

  test('leaves for ten minutes what was let in just before', () => {
    assert.deepEqual(chosen([partition('points_1s', 6.1)]), [])
  })

  test('leaves what is not rolled up', () => {
    const tiers = [[tier('points_1s', 6, Infinity), tier('points_10s', 100, nowMs - 6.7 * hourMs)]]
    assert.deepEqual(chosen(raw, { tiers }), ['points_1s 7 age'])
    assert.deepEqual(chosen(raw, { tiers, maxBytes: 1 }), ['points_1s 7 age'])
  })

  test('leaves what late points came into', () => {
    assert.deepEqual(chosen(raw, { lateHoursMs: [nowMs - 7 * hourMs] }), ['points_1s 7 age'])
    assert.deepEqual(chosen(raw, { lateHoursMs: [nowMs - 8 * hourMs], maxBytes: 1 }), [])
  })

  test('takes the oldest seconds first where there is too much', () => {
    const all = [...raw, partition('points_10s', 50), partition('log_lines', 40)]
    assert.deepEqual(chosen(all, { maxBytes: 400 }), ['points_1s 7 age', 'points_1s 6.5 age'])
    assert.deepEqual(chosen(all, { maxBytes: 399 }), [
      'points_1s 7 age',
      'points_1s 6.5 age',
      'points_1s 3 space',
    ])
  })

  test('then takes the oldest of the largest of those that are next', () => {
    const all = [
      partition('points_10s', 50, 300),
      partition('points_10s', 30, 300),
      partition('log_lines', 90, 400),
      partition('points_1m', 80, 900),
    ]
    assert.deepEqual(chosen(all, { maxBytes: 1400 }), ['points_10s 50 space', 'log_lines 90 space'])
  })

  test('never takes anything of the newest hour, nor what is kept for good', () => {
    const all = [partition('points_1s', 0.9), partition('points_1h', 90), partition('series', 9)]
    assert.deepEqual(chosen(all, { maxBytes: 1 }), [])
  })
})
