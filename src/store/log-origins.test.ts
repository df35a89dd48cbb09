import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeOrigin } from '../../test/agent/log-blocks.ts'
import { LogOrigins } from './log-origins.ts'

describe('LogOrigins', () => {
  test('gives one id to what says the same, on every server', () => {
    const one = new LogOrigins().resolve(makeOrigin({ tags: ['b:2', 'a:1', 'b:2'] }))
    const other = new LogOrigins().resolve(makeOrigin({ tags: ['a:1', 'b:2'] }))
    assert.equal(one.id, other.id)
  })

  test('gives another id for each thing that differs', () => {
    const origins = new LogOrigins()
    const changes = [
      {},
      { host: 'x' },
      { containerId: 'x' },
      { containerName: 'x' },
      { image: 'x' },
      { service: 'x' },
      { source: 'x' },
      { tags: [] },
    ]
    const ids = changes.map((change) => origins.resolve(makeOrigin(change)).id)
    assert.equal(new Set(ids).size, changes.length)
  })

  test('is due until it is written, and again after a day', () => {
    const origins = new LogOrigins()
    const stored = origins.resolve(makeOrigin())
    assert.equal(origins.isDue(stored, 0), true)
    origins.markWritten(stored, 0)
    assert.equal(origins.isDue(origins.resolve(makeOrigin()), 1000), false)
    assert.equal(origins.isDue(stored, 25 * 3_600_000), true)
  })
})
