import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readRemainder, type Child } from './remainder.ts'

/** A child whose counter has one value after the other. */
function child(...values: readonly (number | undefined)[]): Child {
  let reading = 0
  return {
    readCpuNanos: () => {
      reading += 1
      return values[Math.min(reading, values.length) - 1]
    },
  }
}

describe('readRemainder()', () => {
  test('is what the parent has beyond its living children', () => {
    const reading = readRemainder(child(1_000_000), [child(200_000), child(300_000)])
    assert.deepEqual(reading, { kind: 'bounds', bounds: { low: 497_000, high: 503_000 } })
  })

  test('is all of a parent without children', () => {
    const reading = readRemainder(child(1_000_000), [])
    assert.deepEqual(reading, { kind: 'bounds', bounds: { low: 999_000, high: 1_001_000 } })
  })

  test('is less certain by what a child used meanwhile', () => {
    const reading = readRemainder(child(1_000_000), [child(200_000, 250_000)])
    assert.deepEqual(reading, { kind: 'bounds', bounds: { low: 748_000, high: 802_000 } })
  })

  test('names the children that are gone', () => {
    const gone = child(undefined)
    const goneMeanwhile = child(200_000, undefined)
    assert.deepEqual(readRemainder(child(1_000_000), [child(1), gone]), {
      kind: 'gone',
      children: [gone],
    })
    assert.deepEqual(readRemainder(child(1_000_000), [child(1), goneMeanwhile]), {
      kind: 'gone',
      children: [goneMeanwhile],
    })
  })

  test('reads the busiest next to the parent', () => {
    const order: string[] = []
    const named = (name: string): Child => ({
      readCpuNanos: () => {
        order.push(name)
        return 0
      },
    })
    readRemainder(named('parent'), [named('quiet'), named('busy')])
    assert.deepEqual(order, ['quiet', 'busy', 'parent', 'busy', 'quiet'])
  })

  test('cannot be told when the parent is gone', () => {
    assert.deepEqual(readRemainder(child(undefined), []), { kind: 'unreadable' })
  })
})
