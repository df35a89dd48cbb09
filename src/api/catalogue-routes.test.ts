import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { z } from 'zod'
import { openTestServer, sentenceOf, type TestServer } from '../../test/server/open-test-server.ts'
import { openDashboards } from '../dashboards/open-dashboards.ts'
import { openCatalogue } from '../query/catalogue/open-catalogue.ts'
import { openHappenings } from '../query/happenings/open-happenings.ts'
import { openTemporaryStore, type TemporaryStore } from '../store/temporary-store.ts'
import { openLog } from '../telemetry/log.ts'
import { dashboardSchema, dashboardsSchema } from './schemas/dashboards.ts'
import {
  activeMetricsSchema,
  datadogEventSchema,
  datadogEventsSchema,
  hostTagsSchema,
  metricMetadataSchema,
  searchSchema,
  serviceChecksSchema,
  tagsToHostsSchema,
} from './schemas/datadog-reads.ts'
import { eventsSchema } from './schemas/happenings.ts'
import { metricsSchema, metricTagsSchema } from './schemas/metrics.ts'

const nowS = Math.floor(Date.now() / 1000)
let store: TemporaryStore
let folder: string
let server: TestServer

before(async () => {
  store = await openTemporaryStore()
  folder = await mkdtemp(join(tmpdir(), 'vigie-dashboards-'))
  server = await openTestServer({
    store,
    registry: store.series,
    catalogue: openCatalogue(store.read),
    happenings: openHappenings({ read: store.read, isNarrowed: false }),
    dashboards: openDashboards({ folder, log: openLog('silent', 'test') }),
  })
  await writeFile(join(folder, 'bad.json'), '[]')
  await post('/api/v1/series', {
    series: [
      sample('docker.net.bytes_rcvd', { tags: ['container_name:a', 'env:prod'], interval: 1 }),
      sample('system.load.1', { tags: ['env:prod'] }),
      sample('shop.orders', { type: 'count', interval: 10 }),
    ],
  })
  const event = { timestamp: nowS - 10, host: 'web-1', msg_text: 'by ann', tags: ['env:prod'] }
  await post('/intake/', {
    events: {
      api: [{ ...event, msg_title: 'deployed' }],
      docker: [{ ...event, msg_title: 'die' }],
    },
  })
  await post('/api/v1/check_run', [
    { check: 'docker.service_up', host_name: 'web-1', status: 2, message: 'away', timestamp: nowS },
  ])
})

after(async () => {
  await server.close()
  await store[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

function sample(metric: string, change: Readonly<Record<string, unknown>>): unknown {
  return { metric, host: 'web-1', points: [[nowS, 1]], ...change }
}

async function post(path: string, body: unknown): Promise<void> {
  assert.equal((await server.post(path, JSON.stringify(body))).status, 202)
}

/** The answer, which has to be what the schema says and nothing more. */
async function get<Answer>(path: string, schema: z.ZodType<Answer>): Promise<Answer> {
  const response = await server.get(path)
  const answer: unknown = await response.json()
  assert.equal(response.status, 200, JSON.stringify(answer))
  const read = schema.parse(answer)
  assert.deepEqual(answer, JSON.parse(JSON.stringify(read)))
  return read
}

describe('dashboards', () => {
  test('are listed with what could not be read', async () => {
    const { dashboards, faults } = await get('/api/dashboards', dashboardsSchema)
    assert.deepEqual(
      dashboards.map(({ id }) => id),
      ['docker'],
    )
    assert.deepEqual(
      faults.map(({ file }) => file),
      ['bad.json'],
    )
  })

  test('are given as pages draw them and as they were written', async () => {
    const { widgets, isShipped } = await get('/api/dashboards/docker', dashboardSchema)
    assert.ok(isShipped)
    assert.ok(widgets.length > 5)
    const source = await server.get('/api/dashboards/docker/source')
    assert.match(await source.text(), /^\{\n {2}"title": "Docker"/)
  })

  for (const [path, status, sentence] of [
    ['none', 404, /^Cannot find dashboard none: there is no file none.json/],
    ['none/source', 404, /^Cannot find dashboard none/],
    ['..%2Fbad', 404, /^Cannot find dashboard \.\.\/bad/],
    ['bad', 422, /^Cannot show dashboard bad: it is a list; an object/],
  ] as const) {
    test(`are ${status} for ${path}`, async () => {
      const response = await server.get(`/api/dashboards/${path}`)
      assert.equal(response.status, status)
      assert.match(await sentenceOf(response), sentence)
    })
  }
})

describe('metrics', () => {
  test('are listed with unit and description where they are known', async () => {
    const { metrics } = await get('/api/metrics?q=o', metricsSchema)
    assert.deepEqual(
      metrics.map(({ name, kind, unit, description, intervalS }) => [
        name,
        kind,
        unit,
        description !== '',
        intervalS,
      ]),
      [
        ['docker.net.bytes_rcvd', 'gauge', 'byte/second', true, 1],
        ['shop.orders', 'count', '', false, 10],
        ['system.load.1', 'gauge', '', true, 0],
      ],
    )
    assert.deepEqual((await get('/api/metrics?limit=1', metricsSchema)).isCut, true)
    const later = `/api/metrics?from=${nowS + 3 * 86_400}`
    assert.deepEqual((await get(later, metricsSchema)).metrics, [])
  })

  test('have tags', async () => {
    const path = '/api/metrics/docker.net.bytes_rcvd/tags'
    const { keys } = await get(path, metricTagsSchema)
    assert.deepEqual(
      keys.map(({ key, values }) => [key, ...values]),
      [
        ['container_name', 'a'],
        ['env', 'prod'],
        ['host', 'web-1'],
      ],
    )
    const one = await get(`${path}?key=env&limit=1000`, metricTagsSchema)
    assert.deepEqual(one.keys, [{ key: 'env', count: 1, values: ['prod'] }])
  })
})

describe('events', () => {
  test('are found by a search', async () => {
    const time = `from=${nowS - 60}&to=${nowS}`
    const { events } = await get(`/api/events?${time}&query=source:docker`, eventsSchema)
    assert.deepEqual(
      events.map(({ title, tags, timeMs }) => [title, tags, timeMs]),
      [['die', ['env:prod'], (nowS - 10) * 1000]],
    )
    const bad = await server.get(`/api/events?${time}&query=a%20OR`)
    assert.deepEqual(
      [bad.status, await bad.json()],
      [400, { errors: [bad.status === 400 ? badSearch : ''], at: 4 }],
    )
    assert.equal((await server.get('/api/events')).status, 400)
  })
})

const badSearch =
  'Cannot read the query at its end: a word, a "phrase", key:value or /regular expression/ is expected'

describe("Datadog's routes", () => {
  test('GET /api/v1/metrics', async () => {
    const path = `/api/v1/metrics?from=${nowS - 60}`
    assert.deepEqual(await get(path, activeMetricsSchema), {
      from: String(nowS - 60),
      metrics: ['docker.net.bytes_rcvd', 'shop.orders', 'system.load.1'],
    })
    const tagged = await get(`${path}&host=web-1&tag_filter=env:prod`, activeMetricsSchema)
    assert.deepEqual(tagged.metrics, ['docker.net.bytes_rcvd', 'system.load.1'])
    assert.equal((await server.get(`${path}&tag_filter=(`)).status, 400)
  })

  test('GET /api/v1/metrics/<name>', async () => {
    const path = '/api/v1/metrics/docker.net.bytes_rcvd'
    const { description, ...metadata } = await get(path, metricMetadataSchema)
    assert.match(description, /^Bytes received/)
    assert.deepEqual(metadata, {
      type: 'gauge',
      integration: 'docker',
      unit: 'byte',
      per_unit: 'second',
      statsd_interval: 1,
    })
    const other = await get('/api/v1/metrics/shop.orders', metricMetadataSchema)
    assert.deepEqual(other, { type: 'count', description: '', statsd_interval: 10 })
    assert.equal((await server.get('/api/v1/metrics/nothing')).status, 404)
  })

  test('GET /api/v1/search', async () => {
    const search = async (q: string): Promise<unknown> =>
      (await get(`/api/v1/search?q=${encodeURIComponent(q)}`, searchSchema)).results
    assert.deepEqual(await search('metrics:load'), { metrics: ['system.load.1'], hosts: [] })
    assert.deepEqual(await search('hosts:web'), { metrics: [], hosts: ['web-1'] })
    assert.deepEqual(await search('shop'), { metrics: ['shop.orders'], hosts: [] })
  })

  test('GET /api/v1/tags/hosts', async () => {
    assert.deepEqual(await get('/api/v1/tags/hosts?source=users', tagsToHostsSchema), {
      tags: { 'env:prod': ['web-1'] },
    })
    assert.deepEqual(await get('/api/v1/tags/hosts/web-1', hostTagsSchema), {
      host: 'web-1',
      tags: ['env:prod'],
    })
    assert.equal((await server.get('/api/v1/tags/hosts/web-2')).status, 404)
  })

  test('GET /api/v1/events, and one of them by either id', async () => {
    const time = `start=${nowS - 60}&end=${nowS}&unaggregated=true`
    const { events } = await get(
      `/api/v1/events?${time}&sources=api,x&tags=env:prod,host:web-1&priority=normal`,
      datadogEventsSchema,
    )
    const [event] = events
    assert.deepEqual(
      events.map((one) => ({ ...one, id: 0, id_str: '' })),
      [
        {
          id: 0,
          id_str: '',
          title: 'deployed',
          text: 'by ann',
          date_happened: nowS - 10,
          alert_type: 'info',
          priority: 'normal',
          source_type_name: 'api',
          host: 'web-1',
          tags: ['env:prod'],
        },
      ],
    )
    for (const id of [event?.id, event?.id_str]) {
      assert.deepEqual(await get(`/api/v1/events/${id}`, datadogEventSchema), {
        event,
        status: 'ok',
      })
    }
    const page = await get(`/api/v1/events?${time}&page=1`, datadogEventsSchema)
    assert.deepEqual(page.events, [])
    assert.equal((await server.get('/api/v1/events/1')).status, 404)
    assert.equal((await server.get('/api/v1/events/x')).status, 400)
  })

  test('GET /api/v1/check_run, where agents post', async () => {
    const found = await get('/api/v1/check_run?check=docker.service_up', serviceChecksSchema)
    assert.deepEqual(found, [
      {
        check: 'docker.service_up',
        status: 2,
        timestamp: nowS,
        host_name: 'web-1',
        message: 'away',
        tags: [],
      },
    ])
    assert.deepEqual(await get('/api/v1/check_run?tags=host:web-2', serviceChecksSchema), [])
  })
})
