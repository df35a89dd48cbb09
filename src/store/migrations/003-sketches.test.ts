import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { makeSketch } from '../../../test/agent/sketches.ts'
import { sketchQuantile } from '../../model/sketch/sketch-quantile.ts'
import type { SketchRecord, StoredSeries } from '../store.ts'
import { openTemporaryStore, type TemporaryStore } from '../temporary-store.ts'

/** A whole 10 s, an hour ago. */
const startMs = Math.floor(Date.now() / 10_000) * 10_000 - 3_600_000

describe('the view distributions', () => {
  let store: TemporaryStore

  before(async () => {
    store = await openTemporaryStore()
  })

  after(async () => store[Symbol.asyncDispose]())

  const seriesOf = (metric: string): StoredSeries => {
    const tags = ['b:2', 'a:1']
    const series = store.series.resolve({
      metric,
      kind: 'distribution',
      host: 'h',
      tags,
      intervalS: 10,
    })
    assert.ok(series)
    return series
  }
  const sketchOf = (metric: string, values: readonly number[], timeMs = startMs): SketchRecord => ({
    ...makeSketch(values),
    series: seriesOf(metric),
    timeMs,
  })
  const rows = async (query: string): Promise<readonly Record<string, unknown>[]> =>
    (await store.people.query({ query, format: 'JSONEachRow' })).json()

  test('shows people every column of the promise', async () => {
    await store.write({ sketches: [sketchOf('latency', [1, 2, 3, 10])] })
    assert.deepEqual(await rows(`SELECT * FROM distributions WHERE metric = 'latency'`), [
      {
        time: new Date(startMs).toISOString().replace('T', ' ').replace('Z', ''),
        metric: 'latency',
        host: 'h',
        tags: ['a:1', 'b:2'],
        count: '4',
        min: 1,
        max: 10,
        avg: 4,
        sum: 16,
        p50: sketchQuantile(makeSketch([1, 2, 3, 10]), 0.5),
        p95: 10,
        p99: 10,
      },
    ])
  })

  test('has the quantiles that the model finds', async () => {
    const lists = [
      [7.3],
      [0, 0, 0],
      [-5, -4, -3, 0, 1e-12, 3, 4, 5],
      [1, 1e300, 1e301, 1e302],
      [-1e300, -1e299, -1e298, 4],
      Array.from({ length: 1000 }, (_one, n) => (n - 300) ** 3 / 7),
    ]
    await store.write({
      sketches: lists.map((values, n) => sketchOf('lists', values, startMs + n * 10_000)),
    })
    const found = await rows(
      `SELECT p50, p95, p99 FROM distributions WHERE metric = 'lists' ORDER BY time`,
    )
    for (const [n, values] of lists.entries()) {
      const sketch = makeSketch(values)
      for (const [name, share] of [
        ['p50', 0.5],
        ['p95', 0.95],
        ['p99', 0.99],
      ] as const) {
        const expected = sketchQuantile(sketch, share)
        const actual = Number(found[n]?.[name])
        // The engine's power of gamma differs in the last digits.
        const message = `${name} of list ${n}: ${actual}, not ${expected}`
        assert.ok(Math.abs(actual - expected) <= Math.abs(expected) * 1e-11, message)
      }
    }
  })

  test('has a sketch once that was sent twice', async () => {
    const sketch = sketchOf('twice', [1, 2])
    await store.write({ sketches: [sketch] })
    await store.write({ sketches: [sketch, sketch] })
    assert.deepEqual(await rows(`SELECT count FROM distributions WHERE metric = 'twice'`), [
      { count: '2' },
    ])
  })

  test('keeps a sketch with all bins that one may have', async () => {
    const values = Array.from({ length: 6000 }, (_one, n) => 1.016 ** (n - 1500))
    await store.write({ sketches: [sketchOf('wide', values)] })
    const found = await store.read.query({
      query: `SELECT length(keys) AS bins, toFloat64(arraySum(counts)) AS count FROM vigie.sketches WHERE metric = 'wide'`,
      format: 'JSONEachRow',
    })
    assert.deepEqual(await found.json(), [{ bins: '4096', count: 6000 }])
  })

  test('does not show bins to people', async () => {
    await assert.rejects(rows('SELECT keys FROM vigie.sketches'), /ACCESS_DENIED|grant/)
  })
})
