import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { compress } from 'snappyjs'
import {
  encodeRequestV2,
  encodeWriteRequest,
  type SampleWriteSeries,
} from '../../test/prometheus/encode-write-request.ts'
import {
  openTestServer,
  sentenceOf,
  testKey,
  type TestServer,
} from '../../test/server/open-test-server.ts'
import { agentListSchema } from '../api/schemas/agents.ts'
import { promLabels } from '../model/prometheus/names.ts'

const nowMs = 1_790_000_000_500
const v1 = {
  'content-type': 'application/x-protobuf',
  'content-encoding': 'snappy',
  'x-prometheus-remote-write-version': '0.1.0',
}
const v2 = { ...v1, 'content-type': 'application/x-protobuf;proto=io.prometheus.write.v2.Request' }

const up: SampleWriteSeries = {
  labels: [
    ['__name__', 'up'],
    ['instance', 'Web-1.Example.com:9100'],
    ['job', 'Node Exporter, {west}'],
  ],
  samples: [[nowMs - 123, 1]],
}

let server: TestServer
beforeEach(async () => {
  server = await openTestServer({ clock: () => nowMs })
})
afterEach(() => server.close())

function write(
  series: readonly SampleWriteSeries[],
  headers: Record<string, string> = v1,
): Promise<Response> {
  const encode = headers['content-type']?.includes('v2') ? encodeRequestV2 : encodeWriteRequest
  return server.post('/api/v1/write', compress(encode(series)), headers)
}

function written(): unknown[] {
  return server.written.flatMap(({ points }) =>
    (points?.series ?? []).map((series, n) => ({
      labels: Object.fromEntries(promLabels(series)),
      kind: series.kind,
      timeMs: points?.timesMs[n],
      value: points?.values[n],
    })),
  )
}

async function counts(): Promise<Record<string, number>> {
  const answer = await server.get('/api/agents')
  return agentListSchema.parse(await answer.json()).server.counts
}

for (const [version, headers] of [
  ['1.0', v1],
  ['2.0', v2],
] as const) {
  describe(`remote write ${version}`, () => {
    test('keeps names, values of labels and milliseconds as they were', async () => {
      const answer = await write([up], headers)
      assert.equal(answer.status, 204)
      assert.equal(answer.headers.get('x-prometheus-remote-write-samples-written'), '1')
      assert.deepEqual(written(), [
        { labels: Object.fromEntries(up.labels), kind: 'gauge', timeMs: nowMs - 123, value: 1 },
      ])
    })

    test('takes a series that it knows, and one with a new sample, in any order', async () => {
      const other = { ...up, labels: [['__name__', 'job:up:sum'] as const] }
      await write([up, other], headers)
      await write([other, { ...up, samples: [[nowMs, 0]] }], headers)
      const names = server.written.map(({ points }) => points?.series.map(({ metric }) => metric))
      assert.deepEqual(names, [
        ['up', 'job:up:sum'],
        ['job:up:sum', 'up'],
      ])
      assert.equal(server.written[0]?.points?.series[0], server.written[1]?.points?.series[1])
    })

    test('counts what it has no place for, and calls none of it a fault', async () => {
      const samples = [
        [nowMs, Number.NaN],
        [nowMs, Infinity],
        [nowMs, 2],
      ] as const
      const answer = await write(
        [{ ...up, samples, staleAtMs: [nowMs], histograms: 2, exemplars: 3 }],
        headers,
      )
      assert.equal(answer.status, 204)
      assert.equal(answer.headers.get('x-prometheus-remote-write-samples-written'), '2')
      assert.equal(answer.headers.get('x-prometheus-remote-write-histograms-written'), '0')
      assert.equal(written().length, 1)
      const all = await counts()
      assert.deepEqual(
        [
          all['points_dropped.not_a_number'],
          all['stale_markers'],
          all['native_histograms_ignored'],
          all['exemplars_ignored'],
        ],
        [2, 1, 2, 3],
      )
    })

    test('stores what is good and says 400 to what can never be', async () => {
      const answer = await write(
        [
          { ...up, samples: [[nowMs, 1], [nowMs - 8 * 86_400_000, 1], [nowMs + 601_000, 1]] }, // prettier-ignore
          { labels: [['job', 'nameless']], samples: [[nowMs, 1]] },
          { labels: [...up.labels, ['job', 'twice']], samples: [[nowMs, 1]] },
        ],
        headers,
      )
      assert.equal(answer.status, 400)
      assert.equal(answer.headers.get('x-prometheus-remote-write-samples-written'), '1')
      assert.equal(
        await sentenceOf(answer),
        'Cannot keep all of it: 1 series without a usable name, 1 series with too many or wrong labels, ' +
          '1 samples older than what is kept, 1 samples more than 10 minutes ahead; the other 1 samples are stored',
      )
      assert.equal(written().length, 1)
    })
  })
}

describe('the label host', () => {
  test('is the host of the series, and comes back as the label', async () => {
    const labels = [
      ['__name__', 'load1'],
      ['host', 'Node-1'],
    ] as const
    await write([{ labels, samples: [[nowMs, 1]] }])
    assert.equal(server.written[0]?.points?.series[0]?.host, 'Node-1')
    assert.deepEqual(server.written[0]?.points?.series[0]?.tags, [])
    assert.deepEqual(written(), [
      { labels: Object.fromEntries(labels), kind: 'gauge', timeMs: nowMs, value: 1 },
    ])
  })
})

describe('a sender', () => {
  test('that speaks of another message is told 415, so that it tries an older one', async () => {
    const headers = {
      ...v1,
      'content-type': 'application/x-protobuf;proto=io.prometheus.write.v3.Request',
    }
    const answer = await write([up], headers)
    assert.equal(answer.status, 415)
    assert.match(await sentenceOf(answer), /it is io\.prometheus\.write\.v3\.Request; prometheus/)
  })

  test('shows its key as a bearer token or as a password', async () => {
    const body = compress(encodeWriteRequest([up]))
    const basic = Buffer.from(`prometheus:${testKey}`).toString('base64')
    for (const [authorization, status] of [
      [`Bearer ${testKey}`, 204],
      [`Basic ${basic}`, 204],
      ['Bearer another', 403],
      ['Basic !', 403],
    ] as const) {
      const answer = await fetch(`${server.url}/api/v1/write`, {
        method: 'POST',
        headers: { ...v1, authorization },
        body,
      })
      assert.equal(answer.status, status, authorization)
    }
  })

  test('may use the addresses of Mimir and of our PromQL', async () => {
    for (const path of ['/api/v1/push', '/prometheus/api/v1/write']) {
      const answer = await server.post(path, compress(encodeWriteRequest([up])), v1)
      assert.equal(answer.status, 204)
    }
  })
})

describe('a hostile body', () => {
  for (const [name, body, status, sentence] of [
    ['that says it becomes 4 GiB', Buffer.from('ffffffff0f00', 'hex'), 400, /length/],
    ['that is no snappy', Buffer.from('0aff00112233', 'hex'), 400, /not a block of snappy/],
    ['that is empty', Buffer.alloc(0), 400, /empty/],
    ['that is cut off', compress(encodeWriteRequest([up]).subarray(0, 40)), 400, /WriteRequest/],
    ['of blanks only', compress(Buffer.alloc(70 * 1024 * 1024)), 413, /longer than 67108864/],
  ] as const) {
    test(`${name} is refused`, async () => {
      const answer = await server.post('/api/v1/write', body, v1)
      assert.equal(answer.status, status)
      assert.match(await sentenceOf(answer), sentence)
      assert.deepEqual(server.written, [])
    })
  }

  test('whose labels are no symbols is refused', async () => {
    const body = encodeRequestV2([up]).subarray(3)
    const answer = await server.post('/api/v1/write', compress(body), v2)
    assert.equal(answer.status, 400)
  })
})
