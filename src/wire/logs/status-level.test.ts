import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { logLevels } from '../../model/log-level.ts'
import { statusLevel } from './status-level.ts'

describe('statusLevel()', () => {
  const cases: readonly (readonly [unknown, string])[] = [
    ['err', 'error'],
    ['WARNING', 'warn'],
    [' Fatal ', 'critical'],
    ['informational', 'info'],
    ['emerg', 'emergency'],
    ['OK', 'info'],
    [0, 'emergency'],
    [7, 'debug'],
    ['3', 'error'],
    [30, 'info'],
    ['60', 'critical'],
    [8, 'unknown'],
    [35, 'unknown'],
    [-1, 'unknown'],
    [Number.NaN, 'unknown'],
    ['', 'unknown'],
    ['constructor', 'unknown'],
    [null, 'unknown'],
    [{ toString: 1 }, 'unknown'],
  ]
  for (const [status, level] of cases)
    test(`takes ${JSON.stringify(status)} for ${level}`, () => {
      assert.equal(logLevels[statusLevel(status)], level)
    })
})
