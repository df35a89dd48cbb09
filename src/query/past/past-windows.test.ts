import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { storedSeries } from '../../store/series-registry.ts'
import type { PastGrid } from './choose-past-grid.ts'
import type { PastWindow } from './past-window.ts'
import { PastWindows, placesWithin } from './past-windows.ts'

const nowS = 1_790_000_000
const series = storedSeries({
  metric: 'docker.cpu.usage',
  kind: 'gauge',
  host: 'a',
  tags: [],
  intervalS: 1,
})

function gridAt(ageS: number, more: Partial<PastGrid> = {}): PastGrid {
  const fromS = nowS - ageS
  return { fromS, stepS: 1, frames: 0, resolutionS: 1, leadS: 180, keptFromS: 0, ...more }
}

/** A window of 600 s that begins so long ago. */
function windowAt(ageS: number, bytes = 8): PastWindow {
  const values = new Float64Array(bytes / 8)
  return { grid: gridAt(ageS, { frames: 600 }), states: [], points: [{ series, values }] }
}

const all = { scopeName: '', nowS }

describe('PastWindows', () => {
  test('finds the window that a grid lies in with its lead, and no other', () => {
    const windows = new PastWindows()
    const window = windowAt(7000)
    windows.keep(window, all)
    for (const grid of [gridAt(7000), gridAt(6400), gridAt(6700, { frames: 50, stepS: 6 })])
      assert.equal(windows.find({ ...all, grid }), window)
    for (const grid of [
      gridAt(7001),
      gridAt(6399),
      gridAt(6700, { frames: 51, stepS: 6 }),
      gridAt(7000, { leadS: 181 }),
      gridAt(6700, { resolutionS: 10 }),
    ])
      assert.equal(windows.find({ ...all, grid }), undefined)
  })

  test('gives what was read for one scope to nobody else', () => {
    const windows = new PastWindows()
    windows.keep(windowAt(7000), { scopeName: 'shop', nowS })
    const grid = gridAt(6800)
    assert.equal(windows.find({ grid, scopeName: '', nowS }), undefined)
    assert.equal(windows.find({ grid, scopeName: 'vault', nowS }), undefined)
    assert.ok(windows.find({ grid, scopeName: 'shop', nowS }))
  })

  test('forgets a window the sooner the younger its last moment is', () => {
    for (const [ageS, keptS] of [
      [600, 1],
      [630, 5],
      [1200, 60],
    ] as const) {
      const windows = new PastWindows()
      windows.keep(windowAt(ageS), all)
      const grid = gridAt(ageS - 10)
      assert.ok(windows.find({ ...all, grid, nowS: nowS + keptS - 1 }), `${ageS}`)
      assert.equal(windows.find({ ...all, grid, nowS: nowS + keptS }), undefined)
    }
  })

  test('keeps 48 MiB: what was asked for longest ago goes first, and what is larger is not kept', () => {
    const mebibyte = 1024 * 1024
    const windows = new PastWindows()
    const has = (ageS: number): boolean =>
      windows.find({ ...all, grid: gridAt(ageS) }) !== undefined
    for (const ageS of [10_000, 20_000]) windows.keep(windowAt(ageS, 20 * mebibyte), all)
    assert.ok(has(10_000))
    windows.keep(windowAt(30_000, 20 * mebibyte), all)
    assert.deepEqual([10_000, 20_000, 30_000].map(has), [true, false, true])
    windows.keep(windowAt(40_000, 48 * mebibyte), all)
    assert.deepEqual([10_000, 30_000, 40_000].map(has), [true, true, false])
    assert.ok(placesWithin(12_000, 2000) < placesWithin(1200, 200) / 9)
  })
})
