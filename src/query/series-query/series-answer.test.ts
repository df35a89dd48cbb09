import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { fillGaps } from './series-answer.ts'

describe('fillGaps()', () => {
  test('gives nothing for nothing', () => assert.deepEqual(fillGaps([], 10, undefined), []))

  test('keeps a value that is no number as null', () => {
    assert.deepEqual(fillGaps([[3, null]], 10, { with: 'zero' }), [[30_000, null]])
  })

  test('gives one entry for each interval between', () => {
    const filled = fillGaps(
      [
        [3, 1],
        [6, 2],
      ],
      10,
      undefined,
    )
    assert.deepEqual(filled, [
      [30_000, 1],
      [40_000, null],
      [50_000, null],
      [60_000, 2],
    ])
  })

  test('fills only as long as the limit in seconds allows', () => {
    const filled = fillGaps(
      [
        [3, 1],
        [6, 2],
      ],
      10,
      { with: 'last', limitS: 10 },
    )
    assert.deepEqual(filled, [
      [30_000, 1],
      [40_000, 1],
      [50_000, null],
      [60_000, 2],
    ])
  })
})
