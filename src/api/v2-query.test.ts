import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openTestServer, sentenceOf, type TestServer } from '../../test/server/open-test-server.ts'
import { askFormulas } from '../query/metrics/ask-formulas.ts'
import { askScalars } from '../query/metrics/ask-scalars.ts'
import { openMetricReader } from '../query/metrics/metric-reader.ts'
import { openTemporaryStore, type TemporaryStore } from '../store/temporary-store.ts'
import { scalarAnswerSchema, timeseriesAnswerSchema } from './schemas/query.ts'

/** A whole hour, two hours ago. */
const startMs = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 7_200_000

/** One value every ten seconds; undefined leaves a gap. */
const runs: Readonly<Record<string, Readonly<Record<string, readonly (number | undefined)[]>>>> = {
  'docker.mem.rss': { a: [10, 20, undefined, 40], b: [1, 2, 3, 4], c: [100, 100, 100, 100] },
  'test.limit': { a: [100, 100, 100, 100], b: [10, 10, 10, 10] },
}

const byte = {
  family: 'bytes',
  name: 'byte',
  plural: 'bytes',
  short_name: 'B',
  scale_factor: 1,
}

describe('POST /api/v2/query', () => {
  let store: TemporaryStore
  let server: TestServer

  before(async () => {
    store = await openTemporaryStore()
    for (const [metric, names] of Object.entries(runs)) {
      for (const [name, values] of Object.entries(names)) await write(metric, name, values)
    }
    await store.rollUp()
    const reader = openMetricReader(store)
    server = await openTestServer({
      askFormulas: (request) => askFormulas(reader, request),
      askScalars: (request) => askScalars(reader, request),
    })
  })

  after(async () => {
    await server.close()
    await store[Symbol.asyncDispose]()
  })

  async function write(
    metric: string,
    name: string,
    values: readonly (number | undefined)[],
  ): Promise<void> {
    const tags = [`name:${name}`]
    const series = store.series.resolve({ metric, kind: 'gauge', host: 'h', tags, intervalS: 10 })
    assert.ok(series)
    const points = values.flatMap((value, n) => (value === undefined ? [] : [{ value, n }]))
    await store.write({
      points: {
        series: points.map(() => series),
        timesMs: Float64Array.from(points, ({ n }) => startMs + n * 10_000),
        values: Float64Array.from(points, ({ value }) => value),
      },
    })
  }

  const time = { from: startMs, to: startMs + 40_000 }
  const ask = (kind: 'timeseries' | 'scalar', attributes: object): Promise<Response> =>
    server.post(
      `/api/v2/query/${kind}`,
      JSON.stringify({ data: { type: `${kind}_request`, attributes: { ...time, ...attributes } } }),
    )
  const metrics = (query: string, name: string, more: object = {}): object => ({
    data_source: 'metrics',
    query,
    name,
    ...more,
  })
  const rss = 'avg:docker.mem.rss{*} by {name}'

  describe('/timeseries', () => {
    const timeseries = async (attributes: object) => {
      const answer = await ask('timeseries', attributes)
      assert.equal(answer.status, 200)
      return timeseriesAnswerSchema.parse(await answer.json()).data.attributes
    }

    test('gives what formulas make of queries, at the same times', async () => {
      const formulas = ['a', '100 * a / b'].map((formula) => ({
        formula,
        limit: { count: 1, order: 'desc' },
      }))
      const found = await timeseries({
        formulas,
        interval: 10_000,
        queries: [metrics(rss, 'a'), metrics('max:test.limit{*} by {name}', 'b')],
      })
      assert.deepEqual(
        found.times.map((timeMs) => timeMs - startMs),
        [0, 10_000, 20_000, 30_000],
      )
      assert.deepEqual(
        found.series.map(({ group_tags: tags, query_index: index }) => `${index} ${tags.join()}`),
        ['0 name:a', '0 name:b', '0 name:c', '1 name:a', '1 name:b'],
      )
      assert.deepEqual(found.series[0]?.unit, [byte, null])
      assert.equal(found.series[3]?.unit, null)
      assert.deepEqual(found.values, [
        [10, 20, null, 40],
        [1, 2, 3, 4],
        [100, 100, 100, 100],
        [10, 20, null, 40],
        [10, 20, 30, 40],
      ])
      assert.deepEqual(found.notes, ['1 group is on one side of / only and left out'])
    })

    test('gives each query where there are no formulas', async () => {
      const found = await timeseries({
        queries: [metrics('avg:test.limit{name:b}', 'q'), metrics('sum:test.limit{*}', 'r')],
      })
      assert.deepEqual(found.values, [
        [10, 10, 10, 10],
        [110, 110, 110, 110],
      ])
    })

    test('takes functions in formulas, and whole expressions as queries', async () => {
      const found = await timeseries({
        formulas: [{ formula: `top(query1, 1, 'max', 'asc')` }, { formula: 'cumsum(query2) - 1' }],
        queries: [
          { data_source: 'metrics', query: rss },
          { data_source: 'metrics', query: 'sum:test.limit{*} / 10' },
        ],
      })
      assert.deepEqual(found.values, [
        [1, 2, 3, 4],
        [10, 21, 32, 43],
      ])
    })

    const refused: readonly (readonly [claim: string, attributes: object, RegExp])[] = [
      [
        'a source that is not there',
        { queries: [{ data_source: 'logs', name: 'a' }] },
        /queries\[0\]\.data_source: only the data source "metrics" can be asked$/,
      ],
      [
        'a formula of something else',
        { formulas: [{ formula: 'a + c' }], queries: [metrics(rss, 'a')] },
        /^Cannot read the query at its end: \{ is expected/,
      ],
      [
        'a query that cannot be read',
        { queries: [metrics('avg:x{', 'a')] },
        /^Cannot read the query at its end/,
      ],
      [
        'several in one',
        { queries: [metrics('avg:x{*}, avg:y{*}', 'a')] },
        /it holds several, one is expected$/,
      ],
      [
        'two of the same name',
        { queries: [metrics(rss, 'a'), metrics(rss, 'a')] },
        /two queries are called a$/,
      ],
      ['a time that is empty', { to: startMs, queries: [metrics(rss, 'a')] }, /from before to$/],
      ['no queries', { queries: [] }, /queries/],
    ]
    for (const [claim, attributes, sentence] of refused) {
      test(`refuses ${claim} with one sentence`, async () => {
        const answer = await ask('timeseries', attributes)
        assert.equal(answer.status, 400)
        assert.match(await sentenceOf(answer), sentence)
      })
    }
  })

  describe('/scalar', () => {
    const columns = async (attributes: object) => {
      const answer = await ask('scalar', attributes)
      assert.equal(answer.status, 200)
      return scalarAnswerSchema.parse(await answer.json()).data.attributes.columns
    }

    test('gives a column for each key and each formula', async () => {
      const found = await columns({
        formulas: [{ formula: 'a' }, { formula: 'a / b' }],
        queries: [
          metrics(rss, 'a', { aggregator: 'sum' }),
          metrics('avg:test.limit{*} by {name}', 'b', { aggregator: 'max' }),
        ],
      })
      assert.deepEqual(found, [
        { type: 'group', name: 'name', values: [['a'], ['b'], ['c']] },
        { type: 'number', name: 'a', values: [70, 10, 400], meta: { unit: [byte, null] } },
        { type: 'number', name: 'a / b', values: [0.7, 1, null], meta: { unit: null } },
      ])
    })

    test('keeps so many rows with the most', async () => {
      const queries = [metrics(rss, 'a', { aggregator: 'max' })]
      const rows = async (limit: object): Promise<unknown> =>
        (await columns({ formulas: [{ formula: 'a', limit }], queries }))[0]?.values
      assert.deepEqual(await rows({ count: 2, order: 'desc' }), [['c'], ['a']])
      assert.deepEqual(await rows({ count: 2, order: 'asc' }), [['b'], ['a']])
    })

    const reduced: readonly (readonly [aggregator: string, expected: number])[] = [
      ['avg', 70 / 3],
      ['mean', 70 / 3],
      ['min', 10],
      ['max', 40],
      ['sum', 70],
      ['last', 40],
      ['l2norm', Math.hypot(10, 20, 40)],
      ['percentile', 70 / 3],
    ]
    for (const [aggregator, expected] of reduced) {
      test(`makes one number of all the time: ${aggregator}`, async () => {
        const found = await columns({
          queries: [metrics('avg:docker.mem.rss{name:a}', 'a', { aggregator })],
        })
        assert.deepEqual(found, [
          { type: 'number', name: 'a', values: [expected], meta: { unit: [byte, null] } },
        ])
      })
    }

    test('says that a function of a formula needs more than one number', async () => {
      const answer = await ask('scalar', {
        formulas: [{ formula: 'hour_before(a)' }],
        queries: [metrics(rss, 'a')],
      })
      assert.equal(answer.status, 400)
      assert.match(await sentenceOf(answer), /needs a at several times, and it is one number/)
    })
  })
})
