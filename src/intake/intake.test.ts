import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { encodeMetricPayload } from '../../test/server/encode-metric-payload.ts'
import {
  openTestServer,
  sampleContainer,
  sentenceOf,
  testKey,
  type TestServer,
} from '../../test/server/open-test-server.ts'
import { estimatedTotals, sampleTotals } from '../../test/server/sample-totals.ts'
import { agentListSchema } from '../api/schemas/agents.ts'
import { StoreBusyError, type StoreBatch } from '../store/store.ts'
import { StoreWriteError } from '../store/store-errors.ts'

const nowMs = 1_790_000_000_500
const nowS = 1_790_000_000
const protobuf = { 'content-type': 'application/x-protobuf' }
const routes = [
  '/api/v2/series',
  '/api/v1/series',
  '/api/v1/check_run',
  '/intake/',
  '/api/vigie/v1/report',
]

let server: TestServer
beforeEach(async () => {
  server = await openTestServer({ clock: () => nowMs })
})
afterEach(() => server.close())

function at(timestamp: number, value = 1): { timestamp: number; value: number } {
  return { timestamp, value }
}

function series(points: [number, number][], change: Record<string, unknown> = {}): string {
  return JSON.stringify({ series: [{ metric: 'm', points, host: 'h', tags: ['a:b'], ...change }] })
}

/** What was written of points, as `metric{tags} second=value`. */
function writtenPoints(): string[] {
  return server.written.flatMap(({ points }) =>
    (points?.series ?? []).map(({ metric, tags }, n) => {
      const second = (points?.timesMs[n] ?? 0) / 1000 - nowS
      return `${metric}{${tags.join()}} ${second}=${points?.values[n]}`
    }),
  )
}

async function counts(): Promise<Record<string, number>> {
  const answer = await server.get('/api/agents')
  return agentListSchema.parse(await answer.json()).server.counts
}

describe('series', () => {
  test('of protobuf, v2 and v1 JSON are written alike, and answered as Datadog does', async () => {
    const payload = encodeMetricPayload([
      {
        metric: 'p',
        host: 'h',
        tags: ['b:2', 'a:1'],
        type: 3,
        interval: 1,
        points: [{ value: 1.5, timestamp: nowS }],
      },
    ])
    const answers = [
      await server.post('/api/v2/series', payload, protobuf),
      await server.post(
        '/api/v2/series',
        JSON.stringify({
          series: [{ metric: 'j', points: [{ timestamp: nowS, value: 2 }], tags: ['b:2', 'a:1'] }],
        }),
      ),
      await server.post('/api/v1/series', series([[nowS - 1, 3]], { tags: ['b:2', 'a:1'] })),
    ]
    assert.deepEqual(
      answers.map(({ status }) => status),
      [202, 202, 202],
    )
    assert.deepEqual(await Promise.all(answers.map((answer) => answer.json())), [
      { errors: [] },
      { errors: [] },
      { status: 'ok' },
    ])
    assert.deepEqual(writtenPoints(), ['p{a:1,b:2} 0=1.5', 'j{a:1,b:2} 0=2', 'm{a:1,b:2} -1=3'])
  })

  test('come in every encoding', async () => {
    const payload = encodeMetricPayload([{ metric: 'p', points: [{ value: 1, timestamp: nowS }] }])
    for (const [encoding, body] of [
      ['zstd', zstdCompressSync(payload)],
      ['gzip', gzipSync(payload)],
      ['deflate', deflateSync(payload)],
      ['identity', payload],
    ] as const) {
      const answer = await server.post('/api/v2/series', body, {
        ...protobuf,
        'content-encoding': encoding,
      })
      assert.equal(answer.status, 202, encoding)
    }
    assert.equal(writtenPoints().length, 4)
  })

  test('are normalised', async () => {
    await server.post(
      '/api/v1/series',
      series([[nowS, 1]], { metric: '1 My metric', tags: ['Env:A B', 'env:a_b'] }),
    )
    assert.deepEqual(writtenPoints(), ['My_metric{env:a_b} 0=1'])
  })

  test('leave out points that are no number, too old or ahead, and say how many', async () => {
    const week = 7 * 24 * 3600
    const payload = encodeMetricPayload([
      {
        metric: 'p',
        points: [
          at(nowS + 601),
          at(nowS + 600),
          at(nowS - week - 1),
          at(nowS - week + 1),
          at(0),
          at(-1),
          at(2 ** 55),
          at(nowS, Number.NaN),
          at(nowS, Infinity),
          at(nowS, -Infinity),
          at(nowS, -0),
        ],
      },
      { metric: '___', points: [at(nowS)] },
    ])
    assert.equal((await server.post('/api/v2/series', payload, protobuf)).status, 202)
    assert.deepEqual(writtenPoints(), ['p{} 600=1', `p{} ${1 - week}=1`, 'p{} 0=0'])
    assert.deepEqual(await counts(), {
      requests: 1,
      'series_dropped.name': 1,
      'points_dropped.future': 2,
      'points_dropped.old': 3,
      'points_dropped.not_a_number': 3,
      points: 3,
    })
  })

  test('write nothing when there is nothing to write', async () => {
    assert.equal((await server.post('/api/v2/series', Buffer.alloc(0), protobuf)).status, 202)
    assert.equal((await server.post('/api/v1/series', '{"series":[]}')).status, 202)
    assert.deepEqual(server.written, [])
  })

  test('are refused whole when one of them is broken, with its place', async () => {
    const body = JSON.stringify({
      series: [
        { metric: 'm', points: [[nowS, 1]] },
        { metric: 'm', points: [[nowS]] },
      ],
    })
    const answer = await server.post('/api/v1/series', body)
    assert.equal(answer.status, 400)
    assert.match(await sentenceOf(answer), /^Cannot read the series: series\[1\]\.points\[0\]/)
    const good = encodeMetricPayload([{ metric: 'p', points: [{ value: 1, timestamp: nowS }] }])
    const cut = await server.post('/api/v2/series', good.subarray(0, good.length - 1), protobuf)
    assert.equal(cut.status, 400)
    assert.match(await sentenceOf(cut), /^Cannot read the protobuf MetricPayload: at byte \d+ /)
    assert.deepEqual(server.written, [])
  })
})

describe('checks and events', () => {
  test('are written, normalised, without those of another time', async () => {
    const check = {
      check: 'app.ok',
      host_name: 'h',
      status: 0,
      message: 'x'.repeat(9000),
      tags: ['Env:A'],
    }
    const checks = [
      { ...check, timestamp: nowS },
      { ...check, timestamp: 1 },
      { ...check, timestamp: 1e300 },
    ]
    assert.equal((await server.post('/api/v1/check_run', JSON.stringify(checks))).status, 202)
    const event = { msg_title: 't', msg_text: 'x', host: ' h ', tags: ['Env:A'] }
    const events = {
      my_app: [
        { ...event, timestamp: nowS },
        { ...event, timestamp: nowS + 3600 },
      ],
    }
    assert.equal(
      (await server.post('/intake/', JSON.stringify({ events, gohai: '{}' }))).status,
      202,
    )
    const [first, second] = server.written
    assert.equal(first?.serviceChecks?.length, 1)
    assert.equal(first.serviceChecks[0]?.message.length, 4000)
    assert.deepEqual(first.serviceChecks[0]?.tags, ['env:a'])
    assert.deepEqual(
      second?.events?.map(({ host, tags, source }) => ({ host, tags, source })),
      [{ host: 'h', tags: ['env:a'], source: 'my_app' }],
    )
    const counted = await counts()
    assert.equal(counted['service_checks_dropped.time'], 2)
    assert.equal(counted['events_dropped.time'], 1)
    assert.equal(counted['unkept.intake'], 1)
  })

  test('are taken with and without the last slash', async () => {
    assert.equal((await server.post('/intake', '{"events":{}}')).status, 202)
    assert.equal((await server.post('/api/v1/check_run/', '[]')).status, 202)
  })
})

describe('the report', () => {
  const inventory = {
    kind: 'inventory',
    host: 'h',
    timeMs: nowMs,
    isFull: true,
    containers: [sampleContainer('a', { tags: ['Env:A'] })],
    removedIds: [],
  }

  test('shows containers at once and has only changed ones written', async () => {
    const body = JSON.stringify({ inventories: [inventory] })
    assert.equal((await server.post('/api/vigie/v1/report', body)).status, 202)
    assert.equal((await server.post('/api/vigie/v1/report', body)).status, 202)
    assert.equal(server.live.containers().length, 1)
    assert.deepEqual(
      server.written.map(({ containers }) => containers?.[0]?.container.tags),
      [['env:a']],
    )
  })

  test('of an agent whose clock is ahead does not make later ones look old', async () => {
    const ahead = JSON.stringify({ inventories: [{ ...inventory, timeMs: nowMs + 3_600_000 }] })
    await server.post('/api/vigie/v1/report', ahead)
    const empty = JSON.stringify({ inventories: [{ ...inventory, containers: [] }] })
    await server.post('/api/vigie/v1/report', empty)
    assert.equal(server.live.containers()[0]?.container.state, 'removed')
    assert.equal(server.written[0]?.containers?.[0]?.timeMs, nowMs)
  })

  test('has totals written with host and tags as those of containers', async () => {
    const given = sampleTotals('a', {
      finishedAtMs: nowMs,
      host: ' h ',
      tags: ['Env:A', '1', 'Env:A'],
    })
    const estimate = estimatedTotals('b', { finishedAtMs: nowMs, reason: 'r'.repeat(600) })
    const body = JSON.stringify({ totals: [given, estimate] })
    assert.equal((await server.post('/api/vigie/v1/report', body)).status, 202)
    assert.deepEqual(server.written, [
      {
        runs: [
          { ...given, host: 'h', tags: ['env:a'] },
          { ...estimate, reason: 'r'.repeat(500) },
        ],
      },
    ])
    assert.equal((await counts())['totals'], 2)
  })

  test('leaves out totals that ended at a time that is not kept, and says how many', async () => {
    const dayMs = 24 * 3_600_000
    const ends = [
      nowMs,
      nowMs + 500_000,
      nowMs + 700_000,
      nowMs - 89 * dayMs,
      nowMs - 91 * dayMs,
      0,
    ]
    const totals = ends.map((finishedAtMs) => sampleTotals('a', { finishedAtMs, startedAtMs: 0 }))
    await server.post('/api/vigie/v1/report', JSON.stringify({ totals }))
    assert.deepEqual(
      server.written.flatMap(({ runs }) => runs?.map((run) => run.finishedAtMs)),
      [nowMs, nowMs + 500_000, nowMs - 89 * dayMs],
    )
    const counted = await counts()
    assert.deepEqual(
      [counted['totals'], counted['totals_dropped.old'], counted['totals_dropped.future']],
      [3, 2, 1],
    )
  })

  test('keeps a run whose clock was set back below its start', async () => {
    const run = sampleTotals('a', { finishedAtMs: nowMs, startedAtMs: nowMs + 3_600_000 })
    await server.post('/api/vigie/v1/report', JSON.stringify({ totals: [run] }))
    assert.equal(server.written[0]?.runs?.length, 1)
  })
})

/** Starts again with a store that does this with each batch. */
async function openWith(write: () => Promise<void>): Promise<void> {
  await server.close()
  server = await openTestServer({ clock: () => nowMs, store: { write } })
}

describe('a store that cannot take it', () => {
  test('that is busy: 429, and the agent sends again', async () => {
    await openWith(() => Promise.reject(new StoreBusyError('full')))
    const answer = await server.post('/api/v1/series', series([[nowS, 1]]))
    assert.equal(answer.status, 429)
    assert.equal(answer.headers.get('retry-after'), '1')
    assert.match(await sentenceOf(answer), /send it again/)
  })

  test('that fails: 503; that has a fault of its own: 500', async () => {
    await openWith(() => Promise.reject(new StoreWriteError('disk full')))
    const totals = JSON.stringify({ totals: [sampleTotals('a', { finishedAtMs: nowMs })] })
    assert.equal((await server.post('/api/vigie/v1/report', totals)).status, 503)
    assert.equal((await server.post('/api/v1/series', series([[nowS, 1]]))).status, 503)
    await openWith(() => Promise.reject(new Error('bug')))
    const answer = await server.post('/api/v1/series', series([[nowS, 1]]))
    assert.equal(answer.status, 500)
    assert.doesNotMatch(await sentenceOf(answer), /bug/)
  })

  test('has what it refused written with the next report', async () => {
    let isBusy = true
    const written: StoreBatch[] = []
    await server.close()
    server = await openTestServer({
      clock: () => nowMs,
      store: {
        write: async (batch) => {
          if (isBusy) throw new StoreBusyError('full')
          written.push(batch)
        },
      },
    })
    const containers = [sampleContainer('a')]
    const inventory = {
      kind: 'inventory',
      host: 'h',
      timeMs: nowMs,
      isFull: true,
      containers,
      removedIds: [],
    }
    const body = JSON.stringify({ inventories: [inventory] })
    assert.equal((await server.post('/api/vigie/v1/report', body)).status, 429)
    isBusy = false
    assert.equal((await server.post('/api/vigie/v1/report', body)).status, 202)
    assert.deepEqual(
      written[0]?.containers?.map(({ container }) => container.name),
      ['web-a'],
    )
  })

  test('gets no acknowledgement out before it has written', async () => {
    const { promise: written, resolve: finish } = Promise.withResolvers<void>()
    await openWith(() => written)
    let isAnswered = false
    const answer = server.post('/api/v1/series', series([[nowS, 1]])).then((response) => {
      isAnswered = true
      return response.status
    })
    // Live figures do not wait for the store: once they are there, the write has begun.
    while ((await counts())['points'] === undefined) await new Promise(setImmediate)
    assert.equal(isAnswered, false)
    finish()
    assert.equal(await answer, 202)
  })
})

describe('keys and types', () => {
  test('a wrong key or none is 403 on every route, a right one in the address is good', async () => {
    for (const route of routes) {
      for (const key of ['', 'x', `${testKey}0`, testKey.toUpperCase()]) {
        const answer = await server.post(route, '{}', { 'dd-api-key': key })
        assert.equal(answer.status, 403, `${route} ${key}`)
        assert.match(await sentenceOf(answer), /DD-API-KEY/)
      }
      const bare = await fetch(server.url + route, { method: 'POST', body: '{}' })
      assert.equal(bare.status, 403)
    }
    const url = `${server.url}/intake/?api_key=${testKey}`
    const answer = await fetch(url, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    })
    assert.equal(answer.status, 202)
    assert.deepEqual(server.written, [])
  })

  test('validate says whether a key is right', async () => {
    const good = await server.get('/api/v1/validate', { 'dd-api-key': testKey })
    assert.deepEqual([good.status, await good.json()], [200, { valid: true }])
    assert.equal((await server.get('/api/v1/validate')).status, 403)
  })

  test('a wrong content type is 415 on every route and names what can be read', async () => {
    for (const route of routes) {
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'json',
        'multipart/form-data; boundary=x',
      ]) {
        const answer = await server.post(route, '{}', { 'content-type': type })
        assert.equal(answer.status, 415, `${route} ${type}`)
        assert.match(await sentenceOf(answer), /application\/json|Media Type/)
      }
      const charset = await server.post(route, '{}', {
        'content-type': 'application/json; charset=utf-8',
      })
      assert.notEqual(charset.status, 415)
    }
  })
})
