import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { z } from 'zod'
import {
  openTestServer,
  sampleContainer,
  sentenceOf,
  type TestServer,
} from '../../test/server/open-test-server.ts'
import type { SeriesRequest } from '../query/ask-series.ts'
import { QuestionError } from '../query/question-error.ts'
import type { Container } from '../model/container.ts'
import { figureNames } from './contract/containers.ts'
import { hostFigureNames, liveFigureNames } from '../store/live-figures.ts'
import { agentListSchema } from './schemas/agents.ts'
import { containerDetailSchema, containerListSchema } from './schemas/containers.ts'

let server: TestServer
let fault: string | undefined
let asked: (SeriesRequest | string)[] = []
let failure: Error | undefined

/** As much of an OpenAPI document as the tests look at. */
const documentSchema = z.object({
  openapi: z.string(),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        parameters: z.array(z.object({ name: z.string(), in: z.string() })),
        requestBody: z.unknown().optional(),
      }),
    ),
  ),
})

const emptyAnswer = {
  status: 'ok',
  res_type: 'time_series',
  from_date: 0,
  to_date: 0,
  group_by: [],
  message: '',
  series: [],
} as const

beforeEach(async () => {
  fault = undefined
  failure = undefined
  asked = []
  server = await openTestServer({
    whyNotReady: () => fault,
    askSeries: async (request) => {
      asked.push(request)
      if (failure !== undefined) throw failure
      return { ...emptyAnswer, query: request.query }
    },
    askSql: async (query) => {
      asked.push(query)
      if (failure !== undefined) throw failure
      return { columns: [{ name: 'n', type: 'UInt8' }], rows: [[1]] }
    },
  })
})
afterEach(() => server.close())

const hostWork = {
  runs: 3,
  lastRunMs: 1.5,
  averageRunMs: 2,
  lastRun: { points: 5, sketches: 0, events: 0, serviceChecks: 1, containerTotals: 0 },
  total: { points: 15, sketches: 0, events: 2, serviceChecks: 3, containerTotals: 1 },
  warnings: { count: 2, newest: [{ message: 'no file', count: 2, lastAtMs: 9 }] },
  errors: { count: 0, newest: [] },
  notes: [],
}

async function report(containers: Container[]): Promise<void> {
  const inventory = {
    kind: 'inventory',
    host: 'h',
    timeMs: Date.now(),
    isFull: true,
    containers,
    removedIds: [],
  }
  const agentReport = {
    kind: 'agent-report',
    host: 'h',
    timeMs: Date.now(),
    version: '1',
    pid: 7,
    startedAtMs: 1,
    cpuRatio: 0.01,
    rssBytes: 5,
    sources: [
      { name: 'docker', state: 'running', message: '', restarts: 0 },
      { name: 'host', state: 'running', message: '', restarts: 0, lastRunAtMs: 4, work: hostWork },
    ],
    engine: { endpoint: 'unix:///x', isReachable: false, message: 'no such file' },
    dropped: { a: 1 },
    bufferedBytes: 2,
    hostFacts: { cpuCount: 2, memoryBytes: 3, os: 'Debian', kernel: '6', cgroupVersion: 'v2' },
  }
  const body = JSON.stringify({ inventories: [inventory], agentReports: [agentReport] })
  assert.equal((await server.post('/api/vigie/v1/report', body)).status, 202)
}

describe('GET /api/health', () => {
  test('is 200 when the server can serve, else 503 with the reason', async () => {
    const answer = await server.get('/api/health')
    assert.equal(answer.status, 200)
    assert.equal(z.looseObject({ status: z.string() }).parse(await answer.json()).status, 'ok')
    fault = 'Cannot serve: the store is not open yet'
    const notReady = await server.get('/api/health')
    assert.deepEqual([notReady.status, await notReady.json()], [503, { errors: [fault] }])
  })
})

describe('GET /api/containers', () => {
  test('gives running ones by default and all for `all`, as the contract says', async () => {
    await report([
      sampleContainer('a', {
        labels: { 'com.docker.compose.service': 'web', 'com.docker.compose.project': 'shop' },
      }),
      sampleContainer('b', { state: 'exited', exitCode: 137, wasOomKilled: true }),
    ])
    const lists = await Promise.all(
      ['', '?state=running', '?state=all'].map(async (query) => {
        const answer = await server.get(`/api/containers${query}`)
        return containerListSchema.strict().parse(await answer.json())
      }),
    )
    assert.deepEqual(
      lists.map(({ containers }) => containers.map(({ name }) => name)),
      [['web-a'], ['web-a'], ['web-a', 'web-b']],
    )
    const [web] = lists[0]?.containers ?? []
    assert.deepEqual(
      {
        shortImage: web?.shortImage,
        service: web?.service,
        project: web?.project,
        startedAt: web?.startedAt,
        figures: web?.figures,
      },
      { shortImage: 'web', service: 'web', project: 'shop', startedAt: null, figures: {} },
    )
  })

  test('shows figures a moment after their points came', async () => {
    await report([sampleContainer('a')])
    const body = JSON.stringify({
      series: [
        {
          metric: 'docker.mem.working_set',
          points: [[Date.now() / 1000, 4096]],
          tags: [`container_id:${'a'.repeat(64)}`],
          host: 'h',
          interval: 1,
        },
      ],
    })
    await server.post('/api/v1/series', body)
    const list = containerListSchema.parse(await (await server.get('/api/containers')).json())
    assert.deepEqual(list.containers[0]?.figures, { memory: 4096 })
    assert.equal(list.containers[0]?.spark.memory.at(-1), 4096)
  })

  for (const query of ['state=stopped', 'state=', 'state=all&state=all', 'state[]=all']) {
    test(`refuses ?${query} with what is allowed, or takes it for nothing`, async () => {
      const answer = await server.get(`/api/containers?${query}`)
      if (query === 'state[]=all') {
        assert.equal(answer.status, 200)
        return
      }
      assert.equal(answer.status, 400)
      assert.match(await sentenceOf(answer), /query\.state: expected "running" or "all"/)
    })
  }
})

describe('GET /api/containers/<id>', () => {
  test('gives all that inspect tells, by id and by its start', async () => {
    await report([
      sampleContainer('a', {
        ports: [{ containerPort: 80, protocol: 'tcp' }],
        networks: [{ name: 'bridge' }],
      }),
    ])
    for (const id of ['a'.repeat(64), 'a'.repeat(12)]) {
      const detail = containerDetailSchema
        .strict()
        .parse(await (await server.get(`/api/containers/${id}`)).json())
      assert.deepEqual(detail.ports, [
        { containerPort: 80, protocol: 'tcp', hostPort: null, hostIp: null },
      ])
      assert.deepEqual(detail.networks, [{ name: 'bridge', ipAddress: null }])
    }
  })

  test('says what is wrong with an id', async () => {
    const similar = ['1', '2'].map((end) => sampleContainer('a', { id: 'c'.repeat(63) + end }))
    await report(similar)
    const refusals: [string, number, RegExp][] = [
      ['f'.repeat(12), 404, /^Cannot find container ffffffffffff: no agent has reported it/],
      ['abc', 400, /params\.id: expected 12 to 64/],
      ['web-a', 400, /params\.id/],
      ['c'.repeat(20), 400, /2 ids start with c+; give more digits/],
      ['%27%3B', 400, /params\.id/],
    ]
    for (const [id, status, sentence] of refusals) {
      const answer = await server.get(`/api/containers/${id}`)
      assert.equal(answer.status, status, id)
      assert.match(await sentenceOf(answer), sentence)
    }
  })
})

describe('GET /api/agents', () => {
  test('gives the agents and the server, as the contract says', async () => {
    await report([])
    const list = agentListSchema.strict().parse(await (await server.get('/api/agents')).json())
    assert.equal(list.server.pid, process.pid)
    assert.equal(list.server.counts['agent_reports'], 1)
    const [agent] = list.agents
    assert.equal(agent?.away, false)
    assert.deepEqual(agent?.engine, {
      endpoint: 'unix:///x',
      reachable: false,
      message: 'no such file',
      version: null,
    })
    const ofHost = async (name: string): Promise<number> =>
      agentListSchema.parse(await (await server.get(`/api/agents?host=${name}`)).json()).agents
        .length
    assert.deepEqual([await ofHost(agent.host), await ofHost(''), await ofHost('x')], [1, 0, 0])
    const [docker, host] = agent.sources
    assert.equal(docker?.lastRunAt, null)
    assert.equal(docker.work, undefined)
    const newest = [{ message: 'no file', count: 2, lastAt: 9 }]
    assert.deepEqual(host?.work, { ...hostWork, warnings: { count: 2, newest } })
  })
})

describe('questions', () => {
  test('reach the store as they were asked', async () => {
    const query = 'avg:docker.cpu.usage{*} by {container_name}'
    const search = new URLSearchParams({ from: '10', to: '20', query })
    const answer = await server.get(`/api/v1/query?${search.toString()}`)
    assert.deepEqual(await answer.json(), { ...emptyAnswer, query })
    const sql = await server.post('/api/sql', '{"query":"SELECT 1"}')
    assert.deepEqual(await sql.json(), { columns: [{ name: 'n', type: 'UInt8' }], rows: [[1]] })
    assert.deepEqual(asked, [{ fromS: 10, toS: 20, query, intervalS: undefined }, 'SELECT 1'])
  })

  test('that are not complete are 400', async () => {
    for (const query of [
      '',
      'from=1&to=2',
      'from=x&to=2&query=m',
      'from=1.5&to=2&query=m',
      'from=1&to=2&query=',
    ]) {
      assert.equal((await server.get(`/api/v1/query?${query}`)).status, 400, query)
    }
    for (const body of [
      '',
      '{',
      '[]',
      '{}',
      '{"query":1}',
      '{"query":""}',
      `{"query":"${'x'.repeat(100_001)}"}`,
    ]) {
      assert.equal((await server.post('/api/sql', body)).status, 400, body.slice(0, 20))
    }
    assert.equal(
      (await server.post('/api/sql', '{"query":"SELECT 1"}', { 'content-type': 'text/plain' }))
        .status,
      415,
    )
    assert.deepEqual(asked, [])
  })

  test('that cannot be answered keep their sentence', async () => {
    for (const [kind, status] of [
      ['invalid', 400],
      ['refused', 403],
      ['too-large', 422],
      ['busy', 429],
      ['failed', 503],
    ] as const) {
      failure = new QuestionError(kind, `Cannot run the query: ${kind}`)
      const answer = await server.post('/api/sql', '{"query":"SELECT 1"}')
      assert.deepEqual(
        [answer.status, await answer.json()],
        [status, { errors: [`Cannot run the query: ${kind}`] }],
      )
      assert.equal(answer.headers.get('retry-after'), status === 429 || status === 503 ? '1' : null)
    }
  })
})

describe('the description', () => {
  test('names every route, with references that a tool can read', async () => {
    const document = documentSchema.parse(await (await server.get('/api/openapi.json')).json())
    assert.equal(document.openapi, '3.1.0')
    assert.deepEqual(Object.keys(document.paths), [
      '/api/health',
      '/api/containers',
      '/api/containers/labels',
      '/api/containers/{id}',
      '/api/containers/{id}/processes',
      '/api/runs',
      '/api/agents',
      '/api/past',
      '/api/live',
      '/api/logs',
      '/api/logs/histogram',
      '/api/logs/facets',
      '/api/logs/context',
      '/api/logs/ledger',
      '/api/logs/tail',
      '/api/events',
      '/api/happenings',
      '/api/happenings/counts',
      '/api/metrics',
      '/api/metrics/{name}/tags',
      '/api/dashboards',
      '/api/dashboards/{id}',
      '/api/dashboards/{id}/source',
      '/api/views',
      '/api/views/delete',
      '/api/v1/metrics',
      '/api/v1/metrics/{name}',
      '/api/v1/search',
      '/api/v1/tags/hosts',
      '/api/v1/tags/hosts/{host}',
      '/api/v1/events',
      '/api/v1/events/{id}',
      '/api/v1/check_run',
      '/api/v1/query',
      '/api/v2/query/timeseries',
      '/api/v2/query/scalar',
      '/prometheus/api/v1/query',
      '/prometheus/api/v1/query_range',
      '/prometheus/api/v1/labels',
      '/prometheus/api/v1/label/{name}/values',
      '/prometheus/api/v1/series',
      '/prometheus/api/v1/metadata',
      '/prometheus/api/v1/status/buildinfo',
      '/prometheus/api/v1/rules',
      '/prometheus/api/v1/alerts',
      '/prometheus/api/v1/query_exemplars',
      '/api/sql',
      '/api/access/me',
      '/api/access/sign-in',
      '/api/access/sign-out',
      '/api/access/password',
      '/api/access/oidc/start',
      '/api/access/oidc/callback',
      '/api/access/keys',
      '/api/access/keys/{id}/revoke',
      '/api/add-host',
      '/api/access/add-host',
      '/api/access/users',
      '/api/access/users/{name}',
      '/api/access/users/{name}/remove',
      '/api/access/tokens',
      '/api/access/tokens/{id}/revoke',
      '/api/access/audit',
    ])
    assert.deepEqual(
      document.paths['/api/containers/{id}']?.['get']?.parameters.map(
        ({ name, in: place }) => `${place} ${name}`,
      ),
      ['path id'],
    )
    assert.deepEqual(
      document.paths['/api/v1/query']?.['get']?.parameters.map(({ name }) => name),
      ['from', 'to', 'query', 'interval'],
    )
    assert.ok(document.paths['/api/sql']?.['post']?.requestBody)
  })

  test('is a page that loads nothing else', async () => {
    const answer = await server.get('/api/docs')
    const page = await answer.text()
    assert.match(answer.headers.get('content-type') ?? '', /^text\/html/)
    assert.match(page, /GET \/api\/containers\/\{id\}/)
    assert.doesNotMatch(page, /<script|<link|<img|https?:\/\//)
  })
})

describe('figureNames', () => {
  test('are in the order in which the live table gives them', () => {
    assert.deepEqual(figureNames, liveFigureNames)
    assert.deepEqual(
      Object.keys(agentListSchema.shape.agents.unwrap().element.shape.figures.shape),
      hostFigureNames,
    )
  })
})
