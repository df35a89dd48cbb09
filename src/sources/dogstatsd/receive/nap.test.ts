import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Nap } from './nap.ts'

function napAfter(
  ...readings: readonly [packets: number, fill: number, sinceMs: number][]
): number {
  const nap = new Nap()
  for (const reading of readings) nap.note(...reading)
  return nap.lengthMs
}

describe('Nap', () => {
  test('does not begin for packets that come now and then', () => {
    assert.equal(napAfter([1, 0.001, 100], [2, 0.001, 10]), 0)
  })

  test('begins short when packets come close behind each other, and grows', () => {
    const close: [number, number, number] = [1, 0.001, 1]
    assert.equal(napAfter(close), 1)
    assert.equal(napAfter(close, close), 2)
    assert.equal(napAfter(close, close, close, close, close, close, close), 20)
  })

  test('ends when little came while it lasted', () => {
    assert.equal(napAfter([9, 0.001, 1], [9, 0.001, 1], [1, 0.001, 11]), 0)
  })

  test('fills a tenth of the queue', () => {
    const busy: [number, number, number] = [1000, 0.04, 2]
    assert.equal(napAfter(busy, busy, busy, busy), 5)
  })

  test('gets shorter when the queue fills faster', () => {
    const steady: [number, number, number] = [1000, 0.04, 2]
    assert.equal(napAfter(steady, steady, steady, [4000, 0.16, 5]), 3)
  })

  test('ends when the queue is half full, or there is no millisecond to wait', () => {
    assert.equal(napAfter([4000, 0.6, 100]), 0)
    assert.equal(napAfter([200, 0.4, 1]), 0)
  })

  test('is never longer than allowed', () => {
    const nap = new Nap()
    nap.longestMs = 3
    for (let i = 0; i < 9; i += 1) nap.note(9, 0, 1)
    assert.equal(nap.lengthMs, 3)
  })
})
