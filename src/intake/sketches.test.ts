import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { zstdCompressSync } from 'node:zlib'
import { makePoint, makeSeries } from '../../test/agent/points.ts'
import { makeDistribution, makeSketch } from '../../test/agent/sketches.ts'
import { openTestServer, sentenceOf, type TestServer } from '../../test/server/open-test-server.ts'
import { agentListSchema } from '../api/schemas/agents.ts'
import { queryAnswerSchema } from '../api/schemas/query.ts'
import type { Point } from '../model/series.ts'
import type { Sketch } from '../model/sketch.ts'
import { sketchQuantile } from '../model/sketch/sketch-quantile.ts'
import { askSeries } from '../query/ask-series.ts'
import { openMetricReader } from '../query/metrics/metric-reader.ts'
import { StoreBusyError } from '../store/store.ts'
import { openTemporaryStore, type TemporaryStore } from '../store/temporary-store.ts'
import { encodeSeries } from '../wire/datadog-series/encode-series.ts'
import { encodeSketches } from '../wire/datadog-sketches/encode-sketches.ts'

const route = '/api/beta/sketches'
const headers = { 'content-type': 'application/x-protobuf', 'content-encoding': 'zstd' }
/** A whole minute, an hour ago. */
const startMs = Math.floor(Date.now() / 60_000) * 60_000 - 3_600_000

function bodyOf(...sketches: readonly Sketch[]): Buffer {
  return zstdCompressSync(Buffer.concat([...encodeSketches(sketches)].map(({ body }) => body)))
}

function sketchOf(values: readonly number[], change: Partial<Sketch> = {}): Sketch {
  return makeSketch(values, { timeMs: startMs, ...change })
}

describe('POST /api/beta/sketches', () => {
  let server: TestServer

  beforeEach(async () => {
    server = await openTestServer()
  })

  afterEach(() => server.close())

  const counts = async (): Promise<Record<string, number>> => {
    const answer = await server.get('/api/agents')
    return agentListSchema.parse(await answer.json()).server.counts
  }
  const written = (): readonly string[] =>
    server.written.flatMap(({ sketches = [] }) =>
      sketches.map(
        ({ series, timeMs, count, keys }) =>
          `${series.kind} ${series.metric}{${series.tags.join()}} ${timeMs - startMs} ${count} ${keys.length}`,
      ),
    )

  test('writes what it is sent, and answers as Datadog does', async () => {
    const series = makeDistribution({ tags: ['b:2', 'a:1'] })
    const answer = await server.post(route, bodyOf(sketchOf([1, 2, 3], { series })), headers)
    assert.equal(answer.status, 202)
    assert.deepEqual(await answer.json(), { status: 'ok' })
    assert.deepEqual(written(), ['distribution test.latency{a:1,b:2} 0 3 3'])
    assert.deepEqual(await counts(), { requests: 1, sketches: 1 })
  })

  test('normalises names and tags, and adds up what is then the same', async () => {
    const one = makeDistribution({ metric: '1 My metric', tags: ['Env:A B', 'z:1'] })
    const other = makeDistribution({ metric: 'My_metric', tags: ['z:1', 'env:a_b'] })
    await server.post(
      route,
      bodyOf(sketchOf([1, 2], { series: one }), sketchOf([2, 500], { series: other })),
      headers,
    )
    assert.deepEqual(written(), ['distribution My_metric{env:a_b,z:1} 0 4 3'])
  })

  test('leaves out what is no number, too old or ahead, and says how many', async () => {
    const weekMs = 7 * 24 * 3_600_000
    const sketch = sketchOf([1])
    await server.post(
      route,
      bodyOf(
        sketch,
        { ...sketch, timeMs: Date.now() - weekMs - 10_000 },
        { ...sketch, timeMs: Date.now() + 700_000 },
        { ...sketch, sum: Number.NaN },
        { ...sketch, max: Infinity },
        { ...sketch, series: makeDistribution({ metric: '___' }) },
      ),
      headers,
    )
    assert.deepEqual(written(), ['distribution test.latency{} 0 1 1'])
    assert.deepEqual(await counts(), {
      requests: 1,
      sketches: 1,
      'sketches_dropped.old': 1,
      'sketches_dropped.future': 1,
      'sketches_dropped.not_a_number': 2,
      'series_dropped.name': 1,
    })
  })

  test('refuses a broken body with one sentence, and keeps nothing of it', async () => {
    const [payload] = encodeSketches([sketchOf([1]), sketchOf([2])])
    const cut = zstdCompressSync((payload?.body ?? Buffer.alloc(0)).subarray(0, -1))
    const answer = await server.post(route, cut, headers)
    assert.equal(answer.status, 400)
    assert.match(await sentenceOf(answer), /^Cannot read the protobuf SketchPayload: at byte \d+ /)
    assert.deepEqual(server.written, [])
  })

  test('reads protobuf only', async () => {
    const answer = await server.post(route, '{"sketches":[{}]}')
    assert.equal(answer.status, 415)
    assert.match(await sentenceOf(answer), /only application\/x-protobuf can be read/)
  })

  test('does not acknowledge what a busy store refuses', async () => {
    const write = (): Promise<void> => Promise.reject(new StoreBusyError('full'))
    await using busy = await openTestServer({ store: { write } })
    const answer = await busy.post(route, bodyOf(sketchOf([1])), headers)
    assert.equal(answer.status, 429)
  })
})

describe('GET /api/v1/query, of what agents sent', () => {
  let store: TemporaryStore
  let server: TestServer

  before(async () => {
    store = await openTemporaryStore()
    server = await openTestServer({
      store,
      registry: store.series,
      askSeries: (request) => askSeries(openMetricReader(store), request),
    })
  })

  after(async () => {
    await server.close()
    await store[Symbol.asyncDispose]()
  })

  const ask = (query: string): Promise<Response> => {
    const from = String(startMs / 1000)
    const to = String(startMs / 1000 + 59)
    return server.get(`/api/v1/query?${new URLSearchParams({ query, from, to }).toString()}`)
  }
  const values = async (query: string): Promise<Record<string, readonly (number | null)[]>> => {
    const { series } = queryAnswerSchema.parse(await (await ask(query)).json())
    return Object.fromEntries(
      series.map(({ scope, pointlist }) => [scope, pointlist.map(([, value]) => value)]),
    )
  }

  test('takes percentiles of distributions over any grouping and time', async () => {
    const series = ['a', 'b'].map((name) => makeDistribution({ tags: [`name:${name}`] }))
    const lists = Array.from({ length: 12 }, (_one, n) =>
      Array.from({ length: 50 }, (_value, i) => (n + 1) * i),
    )
    const sketches = lists.map((list, n) =>
      makeSketch(list, {
        series: series[n % 2] ?? makeDistribution(),
        timeMs: startMs + Math.floor(n / 2) * 10_000,
      }),
    )
    await server.post(route, bodyOf(...sketches), headers)
    const quantile = (chosen: readonly (readonly number[])[]): number =>
      sketchQuantile(makeSketch(chosen.flat()), 0.99)
    assert.deepEqual(await values('p99:test.latency{*}.rollup(60)'), { '*': [quantile(lists)] })
    assert.deepEqual(await values('p99:test.latency{*} by {name}'), {
      'name:a': lists.filter((_list, n) => n % 2 === 0).map((list) => quantile([list])),
      'name:b': lists.filter((_list, n) => n % 2 === 1).map((list) => quantile([list])),
    })
    assert.deepEqual(await values('count:test.latency{*}.rollup(60)'), { '*': [600] })
  })

  test('gives what DogStatsD counted, and how much that is a second', async () => {
    const points = ['a', 'b'].flatMap((name): Point[] => {
      const tags = [`name:${name}`]
      const series = makeSeries({ metric: 'app.requests', kind: 'rate', tags, intervalS: 10 })
      return [30, 0, 60, 30, 0, 90].map((counted, n) =>
        makePoint(counted / 10, { series, timeMs: startMs + n * 10_000 }),
      )
    })
    const [payload] = encodeSeries(points)
    await server.post('/api/v2/series', zstdCompressSync(payload?.body ?? Buffer.alloc(0)), headers)
    await store.rollUp()
    assert.deepEqual(await values('sum:app.requests{*}.as_count()'), {
      '*': [60, 0, 120, 60, 0, 180],
    })
    assert.deepEqual(await values('sum:app.requests{*}.as_rate().rollup(60)'), { '*': [7] })
    assert.deepEqual(await values('sum:app.requests{*} by {name}.as_count().rollup(60)'), {
      'name:a': [210],
      'name:b': [210],
    })
    const refused = await ask('p95:app.requests{*}')
    assert.equal(refused.status, 400)
    assert.match(
      await sentenceOf(refused),
      /^Cannot take p95 of app\.requests: it is no distribution; /,
    )
  })
})
