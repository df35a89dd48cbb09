import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { SeriesSet } from './series-set.ts'

const at = { timeMs: 1_795_000_000_000 }

describe('SeriesSet', () => {
  test('makes a gauge with the tags of the set and of the point', () => {
    const set = new SeriesSet('box-1', ['a:1'], 15)
    assert.deepEqual(set.point('m', 2, { ...at, extraTags: ['b:2'] }), {
      kind: 'point',
      series: { metric: 'm', kind: 'gauge', host: 'box-1', tags: ['a:1', 'b:2'], intervalS: 15 },
      value: 2,
      timeMs: at.timeMs,
    })
  })

  test('gives the same object for the same series each time', () => {
    const set = new SeriesSet('box-1', ['a:1'], 1)
    const first = set.point('m', 1, { ...at, extraTags: ['b:2'] })
    const second = set.point('m', 2, { timeMs: at.timeMs + 1000, extraTags: ['b:2'] })
    assert.equal(first.series, second.series)
    assert.equal(set.point('m', 1, at).series, set.point('m', 2, at).series)
  })

  const apart = [
    ['another metric', ['m', ['b:2']], ['n', ['b:2']]],
    ['another tag', ['m', ['b:2']], ['m', ['b:3']]],
    ['a tag with a space', ['m', ['b:2 c:3']], ['m', ['b:2', 'c:3']]],
    ['a metric that ends like a tag', ['m b:2', []], ['m', ['b:2']]],
  ] as const
  for (const [what, [metric, tags], [otherMetric, otherTags]] of apart) {
    test(`keeps series apart that differ by ${what}`, () => {
      const set = new SeriesSet('box-1', [], 1)
      const one = set.point(metric, 1, { ...at, extraTags: tags }).series
      const other = set.point(otherMetric, 1, { ...at, extraTags: otherTags }).series
      assert.notEqual(one, other)
      assert.deepEqual([one.metric, one.tags], [metric, tags])
      assert.deepEqual([other.metric, other.tags], [otherMetric, otherTags])
    })
  }
})
