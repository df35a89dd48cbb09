import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { caseSeries, seedSeries, seedStartS } from '../../../test/prometheus/seed-series.ts'
import { openTestServer, type TestServer } from '../../../test/server/open-test-server.ts'
import { openPrometheus } from '../../query/prometheus/open-prometheus.ts'
import { openTemporaryStore, type TemporaryStore } from '../../store/temporary-store.ts'

const endS = seedStartS + 600
const form = { 'content-type': 'application/x-www-form-urlencoded' }

/** What Grafana's data source sends, as its source code has it: `pkg/promlib/client` and the plug-in's resources. */
describe('/prometheus/api/v1', () => {
  let store: TemporaryStore
  let server: TestServer

  before(async () => {
    store = await openTemporaryStore()
    await seedSeries(store, caseSeries)
    server = await openTestServer({ prometheus: openPrometheus(store) })
  })

  after(async () => {
    await server.close()
    await store[Symbol.asyncDispose]()
  })

  const get = async (path: string): Promise<readonly [number, unknown]> => {
    const response = await server.get(`/prometheus/api/v1${path}`)
    return [response.status, await response.json()]
  }

  const post = async (
    path: string,
    parameters: Record<string, string>,
  ): Promise<readonly [number, unknown]> => {
    const body = new URLSearchParams(parameters).toString()
    const response = await server.post(`/prometheus/api/v1${path}`, body, form)
    return [response.status, await response.json()]
  }

  const success = (data: unknown): readonly [number, unknown] => [200, { status: 'success', data }]

  test('answers the check of a data source', async () => {
    const expected = success({ resultType: 'scalar', result: [4, '2'] })
    assert.deepEqual(await post('/query', { query: '1+1', time: '4' }), expected)
    assert.deepEqual(await get('/query?query=1%2B1&time=4'), expected)
  })

  test('says which Prometheus it is like', async () => {
    assert.deepEqual(
      await get('/status/buildinfo'),
      success({
        version: '3.0.0',
        revision: 'vigie-0.0.0-test',
        branch: '',
        buildUser: '',
        buildDate: '',
        goVersion: '',
      }),
    )
  })

  const series = [
    {
      metric: { __name__: 'limit', host: 'h1', job: 'web' },
      values: [
        [endS - 15.5, '50'],
        [endS - 0.5, '50'],
      ],
    },
  ]
  const ranges: readonly (readonly [string, string, string])[] = [
    [`${endS - 15.5}`, `${endS - 0.5}`, '15'],
    [`${endS - 15.5}`, `${endS - 0.5}`, '15s'],
    [`${endS - 15.5}`, `${endS - 0.5}`, '15.0'],
    [
      new Date((endS - 15.5) * 1000).toISOString(),
      new Date((endS - 0.5) * 1000).toISOString(),
      '1.5e1',
    ],
  ]
  for (const [start, end, step] of ranges) {
    test(`answers a range from ${start} in steps of ${step}`, async () => {
      const query = 'limit{job="web"}'
      const expected = success({ resultType: 'matrix', result: series })
      assert.deepEqual(await post('/query_range', { query, start, end, step }), expected)
      const address = new URLSearchParams({ query, start, end, step }).toString()
      assert.deepEqual(await get(`/query_range?${address}`), expected)
    })
  }

  test('takes parameters of a POST from its address too', async () => {
    const [status] = await post('/query?time=4', { query: '1' })
    assert.equal(status, 200)
  })

  test('lists what the query builder shows', async () => {
    const match = 'limit{job="api"}'
    const time = { start: `${seedStartS}`, end: `${endS}` }
    const address = new URLSearchParams({ ...time, limit: '40000', 'match[]': match }).toString()
    const labels = success(['__name__', 'host', 'job'])
    assert.deepEqual(await post('/labels', { ...time, 'match[]': match }), labels)
    assert.deepEqual(await get(`/labels?${address}`), labels)
    assert.deepEqual(await get(`/label/job/values?${address}`), success(['api']))
    assert.deepEqual(
      await post('/series', { ...time, 'match[]': match }),
      success([{ __name__: 'limit', host: 'h1', job: 'api' }]),
    )
  })

  test('joins what several selectors find', async () => {
    assert.deepEqual(
      await get('/label/__name__/values?match[]=neg&match[]=one'),
      success(['neg', 'one']),
    )
  })

  test('tells of metrics', async () => {
    assert.deepEqual(
      await get('/metadata?metric=neg'),
      success({ neg: [{ type: 'gauge', help: 'The metric neg', unit: '' }] }),
    )
  })

  test('has no rules, alerts and exemplars', async () => {
    assert.deepEqual(await get('/rules'), success({ groups: [] }))
    assert.deepEqual(await get('/alerts'), success({ alerts: [] }))
    assert.deepEqual(await post('/query_exemplars', { query: 'neg' }), success([]))
  })

  const refusals: readonly (readonly [string, number, string, RegExp])[] = [
    ['/query', 400, 'bad_data', /"query": it is missing/],
    ['/query?query=sum(', 400, 'bad_data', /^1:5: parse error: unexpected end/],
    ['/query?query=1&time=noon', 400, 'bad_data', /"time": "noon"/],
    ['/query?query=1&timeout=0', 400, 'bad_data', /"timeout"/],
    [`/query?query=neg%2Bon()temp&time=${endS}`, 422, 'execution', /many-to-many/],
    ['/query_range?query=1&start=1&end=2', 400, 'bad_data', /"step": it is missing/],
    ['/query_range?query=1&start=1&end=2&step=0', 400, 'bad_data', /"step"/],
    ['/query_range?query=1&start=2&end=1&step=1', 400, 'bad_data', /before the start/],
    ['/query_range?query=1&start=0&end=20000&step=1', 400, 'bad_data', /11000/],
    ['/query_range?query=neg[5m]&start=1&end=2&step=1', 400, 'bad_data', /range vector/],
    ['/series', 400, 'bad_data', /"match\[\]": it is missing/],
    ['/labels?match[]=1', 400, 'bad_data', /no selector/],
    ['/labels?limit=-1', 400, 'bad_data', /"limit"/],
  ]
  for (const [path, expectedStatus, errorType, message] of refusals) {
    test(`refuses ${path} as Prometheus does`, async () => {
      const response = await server.get(`/prometheus/api/v1${path}`)
      const text = await response.text()
      assert.equal(response.status, expectedStatus)
      const refusal = new Map(Object.entries(JSON.parse(text)))
      assert.deepEqual([refusal.get('status'), refusal.get('errorType')], ['error', errorType])
      assert.match(String(refusal.get('error')), message)
    })
  }

  test('takes no other body than a form', async () => {
    const response = await server.post('/prometheus/api/v1/query', '{"query":"1"}')
    assert.equal(response.status, 415)
  })
})
