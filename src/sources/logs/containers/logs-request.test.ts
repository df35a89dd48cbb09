import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeLogsPath } from './logs-request.ts'

describe('makeLogsPath()', () => {
  const head = '/containers/abc/logs?follow=1&stdout=1&stderr=1&timestamps=1'
  for (const [since, path] of [
    ['', head],
    ['nonsense', head],
    ['2026-11-21T21:00:00Z', `${head}&since=1795294800.000000000`],
    ['2026-11-21T21:00:00.000000001Z', `${head}&since=1795294800.000000001`],
    ['2026-11-21T22:00:00.5+01:00', `${head}&since=1795294800.500000000`],
  ] as const) {
    test(`asks since ${since || 'the beginning'}`, () => {
      assert.equal(makeLogsPath('abc', since), path)
    })
  }
})
