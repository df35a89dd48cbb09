import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { chooseStep } from './choose-step.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

describe('chooseStep()', () => {
  const cases: readonly (readonly [fromMs: number, toMs: number, steps: number, stepMs: number])[] =
    [
      [0, 0, 1, 1],
      [0, 99, 100, 1],
      [0, 100, 100, 2],
      [0, 15 * 60_000 - 1, 100, 10_000],
      [0, hourMs - 1, 60, 60_000],
      [1, hourMs, 60, 120_000],
      [0, dayMs - 1, 24, hourMs],
      [0, 7 * dayMs - 1, 100, 2 * hourMs],
      [0, 30 * dayMs - 1, 30, dayMs],
      [0, 400 * dayMs - 1, 100, 4 * dayMs],
      [dayMs - 1, dayMs, 1, 2 * dayMs],
    ]
  for (const [fromMs, toMs, steps, stepMs] of cases) {
    test(`of ${fromMs} to ${toMs} in ${steps} is ${stepMs} ms`, () => {
      assert.equal(chooseStep(fromMs, toMs, steps), stepMs)
    })
  }
})
