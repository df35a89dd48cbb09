import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { TimePieces, type TimeRange } from './time-range.ts'

const second = 1_000_000_000n
const range = { fromNs: 1000n * second, toNs: 10_000n * second }

function piecesOf(order: 'asc' | 'desc', factor: number): readonly TimeRange[] {
  const pieces = new TimePieces(range, order)
  const found: TimeRange[] = []
  for (let piece = pieces.next(factor); piece !== undefined; piece = pieces.next(factor)) {
    found.push(piece)
  }
  return found
}

const seconds = ({ fromNs, toNs }: TimeRange): readonly number[] => [
  Number(fromNs / second),
  Number(toNs / second),
]

describe('TimePieces', () => {
  test('go backwards from the end, without gaps, longer and longer', () => {
    const expected = [[9970, 10_000], [9790, 9970], [8530, 9790], [1000, 8530]] // prettier-ignore
    assert.deepEqual(piecesOf('desc', 6).map(seconds), expected)
  })

  test('go on from the start', () => {
    const expected = [[1000, 1030], [1030, 1210], [1210, 2470], [2470, 10_000]] // prettier-ignore
    assert.deepEqual(piecesOf('asc', 6).map(seconds), expected)
  })

  test('grow within bounds, also where nothing was found', () => {
    assert.deepEqual(piecesOf('desc', Infinity).map(seconds).at(1), [8050, 9970])
    assert.deepEqual(piecesOf('desc', 0.1).map(seconds).at(1), [9850, 9970])
  })

  test('are none of an empty range', () => {
    assert.equal(new TimePieces({ fromNs: 5n, toNs: 5n }, 'asc').next(1), undefined)
  })
})
