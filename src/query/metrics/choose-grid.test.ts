import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { chooseGrid } from './choose-grid.ts'

describe('chooseGrid()', () => {
  const asked = { fromMs: 1_003_000, toMs: 1_063_000 }

  test('begins and ends with whole intervals around the time', () => {
    assert.deepEqual(chooseGrid({ asked, nativeS: 10, keptS: 1 }), {
      startMs: 1_000_000,
      intervalMs: 10_000,
      length: 7,
    })
  })

  test('has the last moment, as it is included', () => {
    const { startMs, intervalMs, length } = chooseGrid({
      asked: { fromMs: 0, toMs: 60_000 },
      nativeS: 1,
      keptS: 1,
    })
    assert.deepEqual([startMs, intervalMs, length], [0, 1000, 61])
  })

  const table: readonly (readonly [
    claim: string,
    wish: { nativeS: number; keptS: number; wishedS?: number; intervalS?: number },
    expectedS: number,
  ])[] = [
    ['is never finer than what is kept', { nativeS: 1, keptS: 60 }, 60],
    ['is a multiple of what is kept', { nativeS: 1, keptS: 60, wishedS: 90 }, 120],
    ['takes what a query wishes', { nativeS: 1, keptS: 1, wishedS: 7 }, 7],
    ['takes it before the wish of who asks', { nativeS: 1, keptS: 1, wishedS: 7, intervalS: 5 }, 7],
    ['takes the wish of who asks', { nativeS: 10, keptS: 1, intervalS: 5 }, 5],
    ['has whole seconds', { nativeS: 1, keptS: 1, intervalS: 1.5 }, 2],
  ]
  for (const [claim, { intervalS, ...wish }, expectedS] of table) {
    test(claim, () => {
      const time = intervalS === undefined ? asked : { ...asked, intervalS }
      assert.equal(chooseGrid({ asked: time, ...wish }).intervalMs, expectedS * 1000)
    })
  }
})
