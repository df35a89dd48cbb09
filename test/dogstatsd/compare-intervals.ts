import assert from 'node:assert/strict'
import type { ClosedInterval, ClosedSketch } from './plain-close.ts'

/**
 * Looks that two intervals are the same. Everything is compared exactly but sums, and what is made of sums: they are added up
 * in another order where several contexts become one, so that they may differ in the last digits.
 * @throws {assert.AssertionError} Naming the first series that differs, and `where`.
 */
export function compareIntervals(fast: ClosedInterval, plain: ClosedInterval, where: string): void {
  compareMaps(fast.values, plain.values, { where, isSame: haveSameValues })
  compareMaps(fast.sketches, plain.sketches, { where, isSame: areSameSketches })
}

function compareMaps<Value>(
  fast: ReadonlyMap<string, Value>,
  plain: ReadonlyMap<string, Value>,
  { where, isSame }: { where: string; isSame: (one: Value, other: Value, key: string) => boolean },
): void {
  for (const [key, value] of plain) {
    const other = fast.get(key)
    if (other === undefined || !isSame(other, value, key))
      assert.fail(
        `${where}: ${key}\nfast:  ${JSON.stringify(other)}\nplain: ${JSON.stringify(value)}`,
      )
  }
  for (const [key, value] of fast)
    if (!plain.has(key)) assert.fail(`${where}: ${key}\nonly fast: ${JSON.stringify(value)}`)
}

function haveSameValues(one: readonly number[], other: readonly number[], key: string): boolean {
  const mayRound = !/^\["(?:gauge|set)"/.test(key)
  return (
    one.length === other.length &&
    one.every((value, at) => value === other[at] || (mayRound && isNear(value, other[at])))
  )
}

function areSameSketches(one: ClosedSketch, other: ClosedSketch): boolean {
  const exact = ({ count, min, max, bins }: ClosedSketch): string =>
    JSON.stringify([count, min, max, bins])
  return exact(one) === exact(other) && isNear(one.sum, other.sum)
}

function isNear(one: number, other = Number.NaN): boolean {
  if (one === other) return true
  return Math.abs(one - other) <= 1e-9 * Math.max(Math.abs(one), Math.abs(other), 1)
}
