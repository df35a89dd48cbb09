import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { TierStates } from '../../store/rollups/point-tiers.ts'
import { choosePastGrid, type PastGrid } from './choose-past-grid.ts'

const nowS = 1_790_000_000
const hourS = 3600
const tiers: TierStates = [
  { table: 'points_1s', stepS: 1, keptFromMs: (nowS - 6 * hourS) * 1000, completeToMs: Infinity },
  { table: 'points_10s', stepS: 10, keptFromMs: (nowS - 24 * hourS + 5) * 1000, completeToMs: 0 },
  { table: 'points_1m', stepS: 60, keptFromMs: (nowS - 48 * hourS) * 1000, completeToMs: 0 },
  { table: 'points_1h', stepS: 3600, keptFromMs: (nowS - 960 * hourS) * 1000, completeToMs: 0 },
]

function choose(ageS: number, seconds = 0, stepS = 1): PastGrid {
  return choosePastGrid({ atS: nowS - ageS, seconds, stepS, nowS, agents: [] }, tiers, 0)
}

describe('choosePastGrid()', () => {
  test('shows the second itself where seconds are kept', () => {
    const grid = choose(100)
    assert.deepEqual(
      { ...grid, keptFromS: 0 },
      { fromS: nowS - 100, stepS: 1, frames: 0, resolutionS: 1, leadS: 180, keptFromS: 0 },
    )
    assert.equal(choose(100, 60, 7).frames, 8)
  })

  test('goes no further than what is settled', () => {
    assert.equal(choose(0).fromS, nowS - 2)
    assert.equal(choose(1, 100).frames, 0)
    assert.equal(choose(10, 100).frames, 8)
  })

  test('answers as fine as the time is kept, from the end of an interval', () => {
    for (const [ageS, resolutionS] of [
      [7 * hourS, 10],
      [30 * hourS, 60],
      [60 * hourS, 3600],
    ] as const) {
      const grid = choose(ageS, 4 * 3600, 7)
      assert.equal(grid.resolutionS, resolutionS)
      assert.equal(grid.fromS % resolutionS, 0)
      assert.ok(grid.fromS >= nowS - ageS && grid.fromS < nowS - ageS + resolutionS)
      assert.equal(grid.stepS % resolutionS, 0)
      assert.equal(grid.leadS % resolutionS, 0)
      assert.ok(grid.leadS >= resolutionS)
    }
  })

  test('reads nothing before what is kept as fine', () => {
    const grid = choose(6 * hourS - 30)
    assert.equal(grid.resolutionS, 1)
    assert.equal(grid.leadS, 30)
    assert.equal(choose(6 * hourS).leadS, 1)
    // The interval that this moment lies in began before the table does.
    assert.equal(choose(24 * hourS - 6).resolutionS, 60)
    assert.equal(choose(24 * hourS - 11).resolutionS, 10)
  })

  test('refuses what is later than now or not kept', () => {
    assert.throws(() => choose(-1), /at 1790000001 \(2026-.*Z\): that is later than now; ask for/)
    assert.throws(() => choose(961 * hourS), /nothing is kept of that time/)
    const request = { atS: nowS - 100, seconds: 0, stepS: 1, nowS, agents: [] }
    assert.throws(() => choosePastGrid(request, tiers, nowS - 99), { kind: 'invalid' })
    assert.equal(choosePastGrid(request, tiers, nowS - 100).keptFromS, nowS - 100)
  })

  test('has the last seconds where nothing is kept yet', () => {
    const at = (ageS: number): PastGrid =>
      choosePastGrid({ atS: nowS - ageS, seconds: 0, stepS: 1, nowS, agents: [] }, tiers, undefined)
    assert.equal(at(10).keptFromS, nowS - 10)
    assert.throws(() => at(11), /nothing is kept of that time/)
  })

  test('bounds the frames of one answer', () => {
    assert.equal(choose(5 * hourS, 86_400).frames, 3600)
  })
})
