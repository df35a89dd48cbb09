import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { lengthDelimited } from '../../test/server/encode-metric-payload.ts'
import { openTestServer, type TestServer } from '../../test/server/open-test-server.ts'
import { agentListSchema } from '../api/schemas/agents.ts'
import { logLevels } from '../model/log-level.ts'
import { keyValue, sketchKey } from '../model/sketch/sketch-key.ts'
import { StoreBusyError } from '../store/store.ts'

const startMs = 1_790_000_000_000
let nowMs = startMs
let isBusy = false
let server: TestServer
beforeEach(async () => {
  nowMs = startMs
  isBusy = false
  server = await openTestServer({ clock: () => nowMs })
})
afterEach(() => server.close())

type Json = Record<string, unknown>

function attributes(pairs: Record<string, string>): Json[] {
  return Object.entries(pairs).map(([key, value]) => ({ key, value: { stringValue: value } }))
}

const resource = {
  attributes: attributes({
    'service.name': 'shop',
    'service.version': '1.2',
    'host.name': 'node-1',
    'deployment.environment': 'Prod',
    'telemetry.sdk.language': 'nodejs',
  }),
}

function metrics(...own: Json[]): string {
  return JSON.stringify({
    resourceMetrics: [{ resource, scopeMetrics: [{ scope: { name: 'lib' }, metrics: own }] }],
  })
}

/** A point `seconds` after the start, of a count that began with it. */
function at(seconds: number, point: Json): Json {
  return {
    startTimeUnixNano: `${startMs}000000`,
    timeUnixNano: `${startMs + seconds * 1000}000000`,
    attributes: attributes({ 'http.method': 'GET' }),
    ...point,
  }
}

function sum(seconds: number, value: number, change: Json = {}): Json {
  const dataPoints = [at(seconds, { asInt: String(value) })]
  return {
    name: 'http.requests',
    sum: { dataPoints, aggregationTemporality: 2, isMonotonic: true, ...change },
  }
}

async function post(path: string, body: string): Promise<Json> {
  const answer = await server.post(path, body)
  const text = await answer.text()
  assert.equal(answer.status, 200, text)
  assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8')
  return JSON.parse(text)
}

/** Each point as `second metric kind/interval = value`. */
function written(): string[] {
  return server.written.flatMap(({ points }) =>
    (points?.series ?? []).map(({ metric, kind, intervalS }, n) => {
      const second = ((points?.timesMs[n] ?? 0) - startMs) / 1000
      return `${second} ${metric} ${kind}/${intervalS} = ${points?.values[n]}`
    }),
  )
}

describe('sums', () => {
  test('that grow are what came since the last time', async () => {
    for (const [seconds, value] of [
      [10, 5],
      [20, 12],
      [30, 12],
    ] as const) {
      // prettier-ignore
      nowMs = startMs + seconds * 1000
      assert.deepEqual(await post('/v1/metrics', metrics(sum(seconds, value))), {})
    }
    assert.deepEqual(written(), [
      '10 http.requests count/10 = 5',
      '20 http.requests count/10 = 7',
      '30 http.requests count/10 = 0',
    ])
    const [series] = server.written[0]?.points?.series ?? []
    assert.equal(series?.host, 'node-1')
    assert.deepEqual(series?.tags, ['env:prod', 'http.method:get', 'service:shop', 'version:1.2'])
  })

  test('that began before the server did are counted from their second point on', async () => {
    const old = { startTimeUnixNano: `${startMs - 1}000000` }
    const one = (seconds: number, value: number): Json =>
      sum(seconds, 0, { dataPoints: [at(seconds, { asDouble: value, ...old })] })
    await post('/v1/metrics', metrics(one(10, 1000)))
    await post('/v1/metrics', metrics(one(20, 1001.5)))
    assert.deepEqual(written(), ['20 http.requests count/10 = 1.5'])
  })

  test('of a process that began anew count from zero', async () => {
    await post('/v1/metrics', metrics(sum(10, 5)))
    const again = { startTimeUnixNano: `${startMs + 12_000}000000` }
    const dataPoints = [at(20, { asInt: 9, ...again })]
    await post('/v1/metrics', metrics(sum(20, 0, { dataPoints })))
    await post('/v1/metrics', metrics(sum(30, 0, { dataPoints: [at(30, { asInt: 3, ...again })] })))
    assert.deepEqual(written(), [
      '10 http.requests count/10 = 5',
      '20 http.requests count/8 = 9',
      '30 http.requests count/10 = 3',
    ])
  })

  test('that come twice count once, and the answer says so', async () => {
    await post('/v1/metrics', metrics(sum(10, 5)))
    const { partialSuccess } = await post('/v1/metrics', metrics(sum(10, 5)))
    assert.deepEqual(partialSuccess, {
      rejectedDataPoints: '1',
      errorMessage:
        'Not kept are points: 1 that came before, or after a later one of the same count',
    })
  })

  test('of an interval are counts, those that may fall gauges', async () => {
    await post('/v1/metrics', metrics(sum(10, 5, { aggregationTemporality: 1 })))
    await post('/v1/metrics', metrics(sum(10, -3, { isMonotonic: false })))
    assert.deepEqual(written(), ['10 http.requests count/10 = 5', '10 http.requests gauge/0 = -3'])
  })

  test('that a busy store did not take are counted when they come again', async () => {
    await server.close()
    const taken: number[] = []
    server = await openTestServer({
      clock: () => nowMs,
      store: {
        write: async ({ points }) => {
          if (isBusy) throw new StoreBusyError('busy')
          taken.push(...(points?.values ?? []))
        },
      },
    })
    await post('/v1/metrics', metrics(sum(10, 5)))
    isBusy = true
    const answer = await server.post('/v1/metrics', metrics(sum(20, 12)))
    assert.equal(answer.status, 429)
    assert.equal(answer.headers.get('retry-after'), '1')
    isBusy = false
    await post('/v1/metrics', metrics(sum(20, 12)))
    assert.deepEqual(taken, [5, 7])
  })
})

describe('gauges and summaries', () => {
  test('are gauges, and counts beside quantiles', async () => {
    const quantileValues = [{ quantile: 0.99, value: 250 }]
    await post(
      '/v1/metrics',
      metrics(
        { name: 'queue.size', gauge: { dataPoints: [at(10, { asDouble: 1.5 })] } },
        {
          name: 'rpc',
          summary: { dataPoints: [at(10, { count: '4', sum: 100, quantileValues })] },
        },
        { name: 'nothing' },
        { name: 'none', gauge: { dataPoints: [at(10, { flags: 1 })] } },
      ),
    )
    assert.deepEqual(written(), [
      '10 queue.size gauge/0 = 1.5',
      '10 rpc.count count/10 = 4',
      '10 rpc.sum count/10 = 100',
      '10 rpc.quantile gauge/0 = 250',
    ])
    assert.ok(server.written[0]?.points?.series[3]?.tags.includes('quantile:0.99'))
  })
})

describe('histograms', () => {
  function histogram(seconds: number, point: Json, change: Json = {}): Json {
    const dataPoints = [at(seconds, point)]
    return { name: 'latency', histogram: { dataPoints, aggregationTemporality: 1, ...change } }
  }
  const sketches = (): unknown[] =>
    server.written.flatMap(({ sketches: own }) =>
      (own ?? []).map(({ count, sum: all, min, max }) => ({ count, sum: all, min, max })),
    )

  test('become distributions, with what is known of their values', async () => {
    const point = {
      count: 10,
      sum: 55,
      min: 1,
      max: 10,
      bucketCounts: ['4', '6'],
      explicitBounds: [5],
    }
    await post('/v1/metrics', metrics(histogram(10, point)))
    assert.deepEqual(sketches(), [{ count: 10, sum: 55, min: 1, max: 10 }])
    const [sketch] = server.written[0]?.sketches ?? []
    const below = Array.from(sketch?.keys ?? [])
      .map((key, n) => (keyValue(key) <= 5.04 ? (sketch?.counts[n] ?? 0) : 0))
      .reduce((all, one) => all + one, 0)
    assert.equal(below, 4)
  })

  test('that count from a start are what came since the last time', async () => {
    const cumulative = { aggregationTemporality: 2 }
    const point = (bucketCounts: number[], all: number): Json => ({
      sum: all,
      bucketCounts,
      explicitBounds: [1, 2],
    })
    await post('/v1/metrics', metrics(histogram(10, point([1, 0, 0], 0.5), cumulative)))
    await post('/v1/metrics', metrics(histogram(20, point([1, 2, 0], 3.5), cumulative)))
    await post('/v1/metrics', metrics(histogram(30, point([1, 2, 0], 3.5), cumulative)))
    assert.deepEqual(sketches(), [
      { count: 1, sum: 0.5, min: 1, max: 1 },
      { count: 2, sum: 3, min: 1, max: 2 },
    ])
  })

  test('of exponential buckets stay what they are when their scale falls', async () => {
    const point = (scale: number, offset: number, bucketCounts: number[]): Json => ({
      scale,
      zeroCount: 1,
      positive: { offset, bucketCounts },
    })
    const exponential = (seconds: number, own: Json): Json => ({
      name: 'sizes',
      exponentialHistogram: { dataPoints: [at(seconds, own)], aggregationTemporality: 2 },
    })
    // At scale 0 bucket n is (2^n, 2^(n+1)]; at -1 it is (4^n, 4^(n+1)].
    await post('/v1/metrics', metrics(exponential(10, point(0, 1, [3, 5]))))
    await post('/v1/metrics', metrics(exponential(20, point(-1, 0, [3, 5, 7]))))
    assert.deepEqual(
      server.written.map(({ sketches: own }) => own?.[0]?.count),
      [9, 7],
    )
    const first = server.written[1]?.sketches?.[0]?.keys[0]
    assert.ok((first ?? 0) >= sketchKey(16))
  })

  test('whose buckets do not fit are not kept', async () => {
    const points = [
      { bucketCounts: [1], explicitBounds: [1] },
      { bucketCounts: [1, 1, 1], explicitBounds: [2, 1] },
      { bucketCounts: [-1, 1], explicitBounds: [2] },
    ]
    const answer = await post('/v1/metrics', metrics(...points.map((one) => histogram(10, one))))
    assert.match(JSON.stringify(answer), /"rejectedDataPoints":"3"/)
    assert.deepEqual(server.written, [])
  })
})

describe('logs', () => {
  test('have level, time, origin, and attributes with the ids of their trace', async () => {
    const body = JSON.stringify({
      resourceLogs: [
        {
          resource,
          scopeLogs: [
            {
              scope: { name: 'logger' },
              logRecords: [
                {
                  timeUnixNano: `${startMs}000123`,
                  severityNumber: 17,
                  body: { stringValue: 'it failed' },
                  attributes: [{ key: 'user', value: { kvlistValue: { values: [{ key: 'id', value: { intValue: '7' } }] } } }], // prettier-ignore
                  traceId: '5B8EFFF798038103D269B633813FC60C',
                  spanId: 'eee19b7ec3c1b174',
                },
                {
                  body: { kvlistValue: { values: attributes({ event: 'login' }) } },
                  severityText: 'Notice',
                },
              ],
            },
          ],
        },
      ],
    })
    assert.deepEqual(await post('/v1/logs', body), {})
    const [block] = server.written[0]?.logs ?? []
    assert.ok(block)
    assert.equal(Buffer.from(block.messages).toString(), 'it failed{"event":"login"}')
    assert.deepEqual(
      [...block.timesNs],
      [BigInt(startMs) * 1_000_000n + 123n, BigInt(nowMs) * 1_000_000n],
    )
    assert.deepEqual([...block.levels].map((level) => logLevels[level]), ['error', 'notice']) // prettier-ignore
    const { origin } = block.runs[0] ?? {}
    assert.deepEqual([origin?.host, origin?.service, origin?.source], ['node-1', 'shop', 'otlp'])
    assert.deepEqual(JSON.parse(Buffer.from(block.attributes.subarray(0, block.attributeOffsets[1])).toString()), {
      trace_id: '5b8efff798038103d269b633813fc60c',
      span_id: 'eee19b7ec3c1b174',
      'otel.scope.name': 'logger',
      'telemetry.sdk.language': 'nodejs',
      'user.id': '7',
    }) // prettier-ignore
  })
})

describe('traces', () => {
  test('are counted, and the answer says that they are not kept', async () => {
    const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{}, {}] }] }] })
    const { partialSuccess } = await post('/v1/traces', body)
    assert.deepEqual(partialSuccess, {
      rejectedSpans: '2',
      errorMessage: 'Spans are not kept here; send them elsewhere',
    })
    const answer = await server.get('/api/agents')
    assert.equal(agentListSchema.parse(await answer.json()).server.counts['spans_ignored'], 2)
  })
})

describe('answers', () => {
  const protobuf = { 'content-type': 'application/x-protobuf' }

  test('are protobuf where the request is', async () => {
    const good = await server.post('/v1/metrics', gzipSync(Buffer.alloc(0)), {
      ...protobuf,
      'content-encoding': 'gzip',
    })
    assert.equal(good.status, 200)
    assert.equal(good.headers.get('content-type'), 'application/x-protobuf')
    assert.equal((await good.arrayBuffer()).byteLength, 0)
    const span = lengthDelimited(2, Buffer.alloc(0))
    const spans = lengthDelimited(1, lengthDelimited(2, Buffer.concat([span, span, span])))
    const partial = await server.post('/v1/traces', spans, protobuf)
    const sentence = 'Spans are not kept here; send them elsewhere'
    assert.deepEqual(
      Buffer.from(await partial.arrayBuffer()),
      lengthDelimited(1, Buffer.concat([Buffer.of(8, 3), lengthDelimited(2, sentence)])),
    )
    const bad = await server.post('/v1/logs', Buffer.of(10, 99), protobuf)
    assert.equal(bad.status, 400)
    assert.match(await bad.text(), /Cannot read the OTLP logs: at byte 2 a length is 99/)
  })

  test('to what cannot be read are sentences', async () => {
    for (const [body, status, sentence] of [
      ['{', 400, /not JSON/],
      ['[]', 400, /the body is no object/],
      ['{"resourceMetrics":{}}', 400, /resourceMetrics is no list/],
      [metrics({ name: 1 }), 400, /scopeMetrics\[0\]\.metrics\[0\]\.name is no text/],
      [metrics({ gauge: { dataPoints: [{ asDouble: 'x' }] } }), 400, /asDouble is no number/],
      [`{"a":"${'x'.repeat(21 * 1024 * 1024)}"}`, 413, /longer than/],
    ] as const) {
      const answer = await server.post('/v1/metrics', gzipSync(body), {
        'content-encoding': 'gzip',
      })
      assert.equal(answer.status, status)
      assert.match(JSON.stringify(await answer.json()), sentence)
    }
    const wrongKey = await server.post('/v1/metrics', '{}', { 'dd-api-key': 'another' })
    assert.equal(wrongKey.status, 403)
  })
})
