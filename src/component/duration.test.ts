import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { duration, durationWithin } from './duration.ts'

describe('duration', () => {
  const good: readonly (readonly [string, number])[] = [
    ['250ms', 250],
    ['10s', 10_000],
    ['0.5s', 500],
    ['5m', 300_000],
    ['1h', 3_600_000],
    ['7d', 604_800_000],
    ['0s', 0],
  ]
  for (const [text, ms] of good) {
    test(`reads ${text} as ${ms} ms`, () => assert.equal(duration.parse(text), ms))
  }

  const bad = ['', '10', 's', '10 s', '-1s', '10sec', '1h30m', '1e3s', '9999999999999d', 10, null]
  for (const value of bad) {
    test(`refuses ${JSON.stringify(value)}`, () => {
      const { error } = duration.safeParse(value)
      assert.equal(error?.issues.length, 1)
    })
  }

  test('takes a default written as people write it', () => {
    assert.equal(duration.prefault('10s').parse(undefined), 10_000)
  })
})

describe('durationWithin()', () => {
  test('allows both ends and nothing outside', () => {
    const interval = durationWithin('100ms', '1h')
    assert.deepEqual(
      ['99ms', '100ms', '60m', '61m'].map((text) => interval.safeParse(text).success),
      [false, true, true, false],
    )
  })
})
