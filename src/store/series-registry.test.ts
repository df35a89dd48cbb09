import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Series } from '../model/series.ts'
import { SeriesRegistry, storedSeries } from './series-registry.ts'

const base: Series = { metric: 'm', kind: 'gauge', host: 'h', tags: ['b:2', 'a:1'], intervalS: 1 }

describe('storedSeries()', () => {
  test('gives the same id on every server', () => {
    assert.equal(storedSeries(base).id, 5_269_808_576_747_903_466n)
  })

  test('sorts tags and drops duplicates', () => {
    const tags = ['b:2', 'a:1', 'b:2']
    assert.deepEqual(storedSeries({ ...base, tags }), storedSeries(base))
    assert.deepEqual(storedSeries(base).tags, ['a:1', 'b:2'])
  })

  const others: readonly Series[] = [
    { ...base, metric: 'mg' },
    { ...base, kind: 'rate' },
    { ...base, host: 'g' },
    { ...base, tags: ['b:2'] },
    { ...base, tags: ['a:1b:2'] },
    { ...base, host: '', tags: ['a:1', 'b:2', 'h'] },
  ]
  test('gives another id for any other identity', () => {
    const ids = [base, ...others].map((series) => storedSeries(series).id)
    assert.equal(new Set(ids).size, ids.length)
  })

  test('gives the same id when only the interval differs', () => {
    assert.equal(storedSeries({ ...base, intervalS: 10 }).id, storedSeries(base).id)
  })
})

describe('SeriesRegistry', () => {
  test('gives one object for one series', () => {
    const registry = new SeriesRegistry(10)
    assert.equal(registry.resolve(base), registry.resolve({ ...base, tags: [...base.tags] }))
  })

  test('takes a new interval over', () => {
    const registry = new SeriesRegistry(1)
    registry.resolve(base)
    assert.equal(registry.resolve({ ...base, intervalS: 10 })?.intervalS, 10)
    assert.equal(registry.size, 1)
  })

  test('refuses a series when all others are in use, and counts it', () => {
    const registry = new SeriesRegistry(1)
    registry.resolve(base)
    assert.equal(registry.resolve({ ...base, host: 'g' }), undefined)
    assert.notEqual(registry.resolve(base), undefined)
    assert.equal(registry.refused, 1)
  })

  test('makes room of a series that was idle for an hour', () => {
    let nowMs = 0
    const registry = new SeriesRegistry(2, () => nowMs)
    registry.resolve(base)
    registry.resolve({ ...base, host: 'idle' })
    nowMs = 3_000_000
    registry.resolve(base)
    nowMs = 3_600_001
    assert.notEqual(registry.resolve({ ...base, host: 'new' }), undefined)
    assert.equal(registry.size, 2)
    assert.equal(registry.resolve({ ...base, host: 'idle' }), undefined)
  })
})
