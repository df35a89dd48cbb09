import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { makeSketch } from '../../test/agent/sketches.ts'
import { mergeSketches, type SketchValues } from '../model/sketch/merge-sketches.ts'
import { sketchKey } from '../model/sketch/sketch-key.ts'
import { sketchQuantile } from '../model/sketch/sketch-quantile.ts'
import type { SketchRecord } from '../store/store.ts'
import { openTemporaryStore, type TemporaryStore } from '../store/temporary-store.ts'
import { askSeries, type SeriesResult } from './ask-series.ts'
import { listQueries } from './metric-language/list-queries.ts'
import { parseExpressions } from './metric-language/parse-expressions.ts'
import { quantileBinsSql } from './metrics/distribution-sql.ts'
import { maxGroups, openMetricReader } from './metrics/metric-reader.ts'
import { tierRanges } from './metrics/tier-ranges.ts'
import { SqlParameters } from './sql-parameters.ts'

/** A whole hour, two hours ago. */
const startS = Math.floor(Date.now() / 3_600_000) * 3600 - 7200
const intervals = 30

interface Written {
  readonly tags: readonly string[]
  readonly interval: number
  readonly sketch: SketchValues
}

/** Values with a long tail and both signs, the same in each run. */
function createValues(): (count: number) => number[] {
  let state = 7
  const next = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff
    return state / 2 ** 31
  }
  return (count) => Array.from({ length: count }, () => (next() - 0.1) / (1.001 - next()))
}

const valuesOf = createValues()
const written: readonly Written[] = [
  ['name:a', 'image:web', 'team:x'],
  ['name:b', 'image:web', 'team:x', 'team:y'],
  ['name:c', 'image:db'],
].flatMap((tags, series) =>
  Array.from({ length: intervals }, (_one, interval) => ({
    tags,
    interval,
    sketch: makeSketch(valuesOf(1 + ((interval * 13 + series * 7) % 40))),
  })),
)

describe('askSeries() of distributions', () => {
  let store: TemporaryStore

  const recordOf = (metric: string, { tags, interval, sketch }: Written): SketchRecord => {
    const kind = 'distribution'
    const series = store.series.resolve({ metric, kind, host: 'h1', tags, intervalS: 10 })
    assert.ok(series)
    return { ...sketch, series, timeMs: (startS + interval * 10) * 1000 }
  }
  const write = (metric: string, list: readonly Written[]): Promise<void> =>
    store.write({ sketches: list.map((one) => recordOf(metric, one)) })
  const writeGauge = async (metric: string, tags: readonly string[]): Promise<void> => {
    const series = store.series.resolve({ metric, kind: 'gauge', host: 'h1', tags, intervalS: 1 })
    assert.ok(series)
    const timesMs = Float64Array.of(startS * 1000)
    await store.write({ points: { series: [series], timesMs, values: Float64Array.of(5) } })
  }
  const ask = (query: string, spanS = intervals * 10 - 1): Promise<SeriesResult> =>
    askSeries(openMetricReader(store), { query, fromS: startS, toS: startS + spanS })
  /** Values by scope. */
  const values = async (query: string): Promise<Record<string, (number | null)[]>> => {
    const { series } = await ask(query)
    return Object.fromEntries(
      series.map(({ scope, pointlist }) => [scope, pointlist.map(([, value]) => value)]),
    )
  }
  /** What the model makes of all sketches with a tag in steps of so many seconds. */
  const expected = <Figure>(
    tag: string | undefined,
    stepS: number,
    figure: (sketch: SketchValues) => Figure,
  ): Figure[] => {
    const chosen = written.filter(({ tags }) => tag === undefined || tags.includes(tag))
    const steps = Map.groupBy(chosen, ({ interval }) => Math.floor((interval * 10) / stepS))
    return [...steps]
      .toSorted(([one], [other]) => one - other)
      .map(([, list]) => figure(list.map(({ sketch }) => sketch).reduce(mergeSketches)))
  }

  before(async () => {
    store = await openTemporaryStore()
    // What comes late lands where it belongs.
    await write('latency', written.slice(0, 40).toReversed())
    await write('latency', written.slice(40))
    await writeGauge('cpu', ['name:a'])
    await store.rollUp()
  })

  after(async () => store[Symbol.asyncDispose]())

  for (const percentile of ['p0', 'p1', 'p50', 'p75', 'p90', 'p95', 'p99', 'p99.9', 'p100']) {
    const share = Number(`${percentile.slice(1)}e-2`)
    const figure = (sketch: SketchValues): number => sketchQuantile(sketch, share)

    test(`finds ${percentile} of all series in each interval as the model does`, async () => {
      assert.deepEqual(await values(`${percentile}:latency{*}`), {
        '*': expected(undefined, 10, figure),
      })
    })

    test(`finds ${percentile} of each group over longer intervals as the model does`, async () => {
      assert.deepEqual(await values(`${percentile}:latency{image:*} by {team}.rollup(60)`), {
        'image:*,team:N/A': expected('name:c', 60, figure),
        'image:*,team:x': expected('team:x', 60, figure),
        'image:*,team:y': expected('team:y', 60, figure),
      })
    })
  }

  test('takes percentiles of all the time as of one interval', async () => {
    assert.deepEqual(await values('p95:latency{*}.rollup(3600)'), {
      '*': expected(undefined, 3600, (sketch) => sketchQuantile(sketch, 0.95)),
    })
  })

  const close = (actual: readonly (number | null)[] = [], wanted: readonly number[]): void => {
    assert.equal(actual.length, wanted.length)
    for (const [n, value] of wanted.entries()) {
      assert.ok(Math.abs((actual[n] ?? Number.NaN) - value) <= Math.abs(value) * 1e-9)
    }
  }

  for (const [aggregator, figure] of [
    ['avg', ({ sum, count }: SketchValues) => sum / count],
    ['sum', ({ sum }: SketchValues) => sum],
    ['min', ({ min }: SketchValues) => min],
    ['max', ({ max }: SketchValues) => max],
    ['count', ({ count }: SketchValues) => count],
  ] as const) {
    test(`knows ${aggregator} of all values`, async () => {
      const all = await values(`${aggregator}:latency{*}`)
      close(all['*'], expected(undefined, 10, figure))
      const web = await values(`${aggregator}:latency{image:web}.rollup(60)`)
      close(web['image:web'], expected('image:web', 60, figure))
    })
  }

  test('takes no notice of the method of a rollup, as there is none for distributions', async () => {
    for (const aggregator of ['p95', 'avg', 'sum']) {
      const plain = await values(`${aggregator}:latency{*}.rollup(60)`)
      assert.deepEqual(await values(`${aggregator}:latency{*}.rollup(max, 60)`), plain)
    }
  })

  test('counts values per second', async () => {
    const counts = await values('count:latency{*}.rollup(60)')
    const rates = await values('count:latency{*}.rollup(60).as_rate()')
    close(
      rates['*'],
      (counts['*'] ?? []).map((count) => (count ?? 0) / 60),
    )
    assert.deepEqual(await values('count:latency{*}.rollup(60).as_count()'), counts)
  })

  test('does not count a sketch that was sent twice', async () => {
    const once = await values('count:latency{*}')
    await write('latency', written.slice(0, 10))
    await store.rollUp()
    assert.deepEqual(await values('count:latency{*}'), once)
    assert.deepEqual(await values('p50:latency{*}'), {
      '*': expected(undefined, 10, (sketch) => sketchQuantile(sketch, 0.5)),
    })
  })

  test('takes sketches of the first and the last second, none outside', async () => {
    const { series } = await askSeries(openMetricReader(store), {
      query: 'count:latency{name:a}',
      fromS: startS + 10,
      toS: startS + 20,
    })
    assert.deepEqual(
      series[0]?.pointlist.map(([timeMs]) => timeMs / 1000 - startS),
      [10, 20],
    )
  })

  test('answers in the shape of Datadog', async () => {
    const { series, message } = await ask('p99.9:latency{*} by {name}', 9)
    assert.equal(message, '')
    assert.equal(series[0]?.aggr, 'p99.9')
    assert.equal(series[0]?.expression, 'p99.9:latency{name:a}')
    assert.equal(series[0]?.interval, 10)
  })

  for (const aggregator of ['p95', 'count']) {
    test(`says that ${aggregator}: is of distributions only`, async () => {
      await assert.rejects(ask(`${aggregator}:cpu{*}`), {
        kind: 'invalid',
        message: `Cannot take ${aggregator} of cpu: it is no distribution; avg:, min:, max: and sum: can be taken of it`,
      })
    })
  }

  test('answers nothing for an unknown metric or scope', async () => {
    assert.deepEqual(await values('p95:nothing{*}'), {})
    assert.deepEqual(await values('p95:latency{name:z}'), {})
  })

  test('shows the distribution of a metric that comes otherwise too, and says so', async () => {
    await write('both', written.slice(0, 1))
    await writeGauge('both', [])
    const { series, message } = await ask('max:both{*}')
    assert.deepEqual(series[0]?.pointlist[0]?.[1], written[0]?.sketch.max)
    assert.equal(
      message,
      'both has come as a distribution and otherwise, the distribution is shown',
    )
  })

  test('answers so many groups at most, and says so', async () => {
    const many = Array.from({ length: maxGroups + 1 }, (_one, n) => ({
      tags: [`name:${n + 1000}`],
      interval: 0,
      sketch: makeSketch([n]),
    }))
    await write('many', many)
    const { series, message } = await ask('p50:many{*} by {name}')
    assert.equal(series.length, maxGroups)
    assert.equal(series[999]?.pointlist[0]?.[1], 999)
    assert.equal(message, 'many has more than 1000 groups, the first 1000 are shown')
  })

  for (const isLarge of [false, true]) {
    test(`finds the same in a run of groups, ${isLarge ? 'with bins added up' : 'all bins side by side'}`, async () => {
      const [query] = parseExpressions('p90:latency{*} by {name}').flatMap(listQueries)
      assert.ok(query)
      const parameters = new SqlParameters()
      const grid = { startMs: startS * 1000, intervalMs: 60_000, length: 5 }
      const ranges = tierRanges(grid, store.sketchTiers())
      const tables = { selection: query, isCrowded: false, grid, ranges }
      const groups = { first: ['b'], last: ['c'], isLarge }
      const found = await store.read.query({
        query: quantileBinsSql(query, { ...tables, share: 0.9, groups }, parameters),
        query_params: parameters.values,
        format: 'JSONEachRow',
      })
      const rows = await found.json<{ groups: string[]; found: [number, number, number][] }>()
      assert.deepEqual(
        rows.map(({ groups: [name], found: bins }) => [
          name,
          bins.toSorted(([one], [other]) => one - other).map(([, key, count]) => [key, count]),
        ]),
        ['b', 'c'].map((name) => [
          name,
          expected(`name:${name}`, 60, (sketch) => sketch).map((sketch) => [
            sketchKey(sketchQuantile({ ...sketch, min: -Infinity, max: Infinity }, 0.9)),
            sketch.count,
          ]),
        ]),
      )
    })
  }
})
