import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { z } from 'zod'
import { openTestServer, type TestServer } from '../../test/server/open-test-server.ts'
import { basic, commandLine, sampleAccount, samplePassword } from '../../test/server/page-client.ts'
import { endedIdOf, writeTwoTeams } from '../../test/server/two-teams.ts'
import { askSql } from '../query/people-sql.ts'
import { openQuestions } from '../query/open-questions.ts'
import { openTemporaryStore, type TemporaryStore } from '../store/temporary-store.ts'

const nowMs = Date.now()
const nowS = Math.floor(nowMs / 1000)
const time = `from=${nowS - 3600}&to=${nowS}`
const shopId = 'a'.repeat(64)
const vaultId = 'b'.repeat(64)

/**
 * What is in an answer. `both`: of each team, for a scoped person of theirs alone; `own`: of their team; `other`: of the
 * other team, for them nothing; `none`: of no team.
 */
type Shown = 'both' | 'own' | 'other' | 'none'

/** What is asked of a route; `{line}` stands for the id of a line of the other team, `{event}` for that of an event. */
interface Question {
  readonly path: string
  readonly shows: Shown
  readonly body?: object
  /** A form in place of JSON. */
  readonly form?: string
  /** What a scoped person gets; 200 when absent. */
  readonly status?: number
}

const formula = { data_source: 'metrics', query: 'sum:docker.cpu.usage{*} by {team}', name: 'a' }
const range = { from: nowMs - 3_600_000, to: nowMs }
const both = (path: string, body?: object): Question => ({
  path,
  shows: 'both',
  ...(body !== undefined && { body }),
})
const own = (path: string): Question => ({ path, shows: 'own' })
const none = (path: string): Question => ({ path, shows: 'none' })
const other = (path: string, status = 200): Question => ({ path, shows: 'other', status })
const posted = (type: string, queries: readonly object[], formulas: readonly string[]): object => ({
  data: {
    type,
    attributes: { ...range, queries, formulas: formulas.map((text) => ({ formula: text })) },
  },
})
const asked = (query: string): Question =>
  own(`/api/v1/query?${time}&query=${encodeURIComponent(query)}`)

/** Questions to each route, by the name that the description of all routes has for it. */
const questions: Readonly<Record<string, readonly Question[]>> = {
  'GET /api/health': [none('/api/health')],
  'GET /api/containers': [both('/api/containers'), both('/api/containers?state=all')],
  'GET /api/containers/labels': [
    both('/api/containers/labels'),
    other('/api/containers/labels?search=vault'),
  ],
  'POST /api/containers/labels': [
    both('/api/containers/labels', {
      labels: ['shop.label', 'vault.label'],
      containers: [shopId, vaultId],
    }),
    both('/api/containers/labels', {
      labels: ['shop.label', 'vault.label'],
      containers: [endedIdOf('a'), endedIdOf('b')],
    }),
  ],
  'GET /api/containers/{id}': [
    own(`/api/containers/${shopId}`),
    other(`/api/containers/${vaultId}`, 404),
    other(`/api/containers/${vaultId.slice(0, 12)}`, 404),
  ],
  'GET /api/containers/{id}/processes': [
    none(`/api/containers/${shopId}/processes`),
    { ...none(`/api/containers/${vaultId}/processes`), status: 404 },
  ],
  'GET /api/runs': [both('/api/runs'), other(`/api/runs?container=${vaultId}`)],
  'GET /api/agents': [both('/api/agents')],
  'GET /api/live': [both('/api/live')],
  'GET /api/past': [both(`/api/past?at=${nowS - 10}&seconds=5`)],
  'GET /api/logs': [both('/api/logs'), other('/api/logs?query=vault%20OR%20team:vault')],
  'GET /api/logs/histogram': [
    other('/api/logs/histogram?query=service:vault'),
    other('/api/logs/histogram?query=vault'),
  ],
  'GET /api/logs/facets': [both('/api/logs/facets')],
  'GET /api/logs/context': [other('/api/logs/context?id={line}', 404)],
  'GET /api/logs/ledger': [
    own(`/api/logs/ledger?container=${shopId}`),
    other(`/api/logs/ledger?container=${vaultId}`),
  ],
  'GET /api/logs/tail': [both('/api/logs/tail?after=0')],
  'GET /api/events': [both(`/api/events?${time}`), other(`/api/events?${time}&query=rack:vault`)],
  'GET /api/happenings': [
    both(`/api/happenings?${time}`),
    other(`/api/happenings?${time}&query=team:vault`),
    other(`/api/happenings?${time}&query=container:${vaultId}`),
  ],
  'GET /api/happenings/counts': [
    both(`/api/happenings/counts?${time}`),
    other(`/api/happenings/counts?${time}&query=container:vault-1%20kind:exit`),
  ],
  'GET /api/views': [none('/api/views')],
  'POST /api/views': [
    { ...none('/api/views'), body: { name: 'a', path: '/', search: '' }, status: 403 },
  ],
  'POST /api/views/delete': [{ ...none('/api/views/delete'), body: { name: 'a' }, status: 403 }],
  'GET /api/metrics': [both('/api/metrics')],
  'GET /api/metrics/{name}/tags': [
    both('/api/metrics/docker.cpu.usage/tags'),
    other('/api/metrics/vault.orders/tags'),
    other('/api/metrics/system.load.1/tags'),
  ],
  'GET /api/dashboards': [none('/api/dashboards')],
  'GET /api/dashboards/{id}': [none('/api/dashboards/docker')],
  'GET /api/dashboards/{id}/source': [none('/api/dashboards/docker/source')],
  'GET /api/v1/metrics': [both(`/api/v1/metrics?from=${nowS - 3600}`)],
  'GET /api/v1/metrics/{name}': [
    none('/api/v1/metrics/shop.orders'),
    { ...none('/api/v1/metrics/vault.orders'), status: 404 },
  ],
  'GET /api/v1/search': [both('/api/v1/search?q='), both('/api/v1/search?q=hosts:')],
  'GET /api/v1/tags/hosts': [other('/api/v1/tags/hosts')],
  'GET /api/v1/tags/hosts/{host}': [
    own('/api/v1/tags/hosts/shop-host'),
    other('/api/v1/tags/hosts/vault-host', 404),
  ],
  'GET /api/v1/events': [both(`/api/v1/events?start=${nowS - 3600}&end=${nowS}`)],
  'GET /api/v1/events/{id}': [other('/api/v1/events/{event}', 404)],
  'GET /api/v1/check_run': [both('/api/v1/check_run')],
  'GET /api/v1/query': [
    asked('sum:docker.cpu.usage{*} by {team}'),
    asked('max:docker.cpu.usage{*} by {host}'),
    asked('avg:docker.cpu.usage{team:v* OR team:shop} by {container_name}'),
    asked(
      'abs(hour_before(sum:docker.cpu.usage{*} by {team}) + sum:docker.cpu.usage{*} by {team}), sum:docker.cpu.usage{*} by {team}',
    ),
    asked('p95:latency{*} by {team}'),
    asked('max:latency{*} by {team}'),
    other(`/api/v1/query?${time}&query=avg:system.load.1{*} by {host}`),
  ],
  'POST /api/v2/query/timeseries': [
    both('/api/v2/query/timeseries', posted('timeseries_request', [formula], ['a * 1'])),
  ],
  'POST /api/v2/query/scalar': [
    both('/api/v2/query/scalar', posted('scalar_request', [formula], ['a * 1'])),
  ],
  ...bothWays('/query', 'query=last_over_time(docker_cpu_usage[5m])', 'both'),
  ...bothWays(
    '/query_range',
    `query=sum by (team) (avg_over_time(docker_cpu_usage[5m] offset 1s))&start=${nowS - 60}&end=${nowS}&step=10`,
    'both',
  ),
  ...bothWays('/labels', '', 'both'),
  ...bothWays('/label/{name}/values', '', 'both'),
  ...bothWays('/series', 'match[]={host=~".%2B"}', 'both'),
  ...bothWays('/metadata', '', 'both'),
  ...bothWays('/status/buildinfo', '', 'none'),
  ...bothWays('/rules', '', 'none'),
  ...bothWays('/alerts', '', 'none'),
  ...bothWays('/query_exemplars', '', 'none'),
  'POST /api/sql': [
    { ...other('/api/sql', 403), body: { query: 'SELECT DISTINCT name FROM containers' } },
    { ...other('/api/sql', 403), body: { query: 'SELECT DISTINCT metric FROM metrics' } },
  ],
  'GET /api/openapi.json': [none('/api/openapi.json')],
  'GET /api/docs': [none('/api/docs')],
  'GET /api/add-host': [none('/api/add-host')],
  'GET /api/access/me': [none('/api/access/me')],
  'GET /api/access/tokens': [none('/api/access/tokens')],
}

function bothWays(path: string, form: string, shows: Shown): typeof questions {
  const route = `/prometheus/api/v1${path}`
  const asIs = route.replace('{name}', '__name__')
  return {
    [`GET ${route}`]: [{ path: `${asIs}?${form}`, shows }],
    [`POST ${route}`]: [{ path: asIs, form, shows }],
  }
}

/** Signing in and out, and what an admin alone may do: nothing of it is of containers. */
const aboutAccess = /^(?:GET|POST) \/api\/access\//

let store: TemporaryStore
let server: TestServer
let ids: { readonly line: string; readonly event: string }

before(async () => {
  store = await openTemporaryStore()
  server = await openTestServer({
    store,
    registry: store.series,
    ...openQuestions(store),
    askSql: (query) => askSql(store, query),
  })
  await server.access.accounts.add(sampleAccount('adam', 'viewer'), commandLine)
  await server.access.accounts.add(sampleAccount('sue', 'viewer', 'team:shop'), commandLine)
  await server.access.accounts.add(sampleAccount('nora', 'viewer', '-team:vault'), commandLine)
  await writeTwoTeams(server, store, nowMs)
  ids = {
    line: await find('/api/logs?query=vault'),
    event: await find(`/api/events?${time}&query=vault`),
  }
})

after(async () => {
  await server.close()
  await store[Symbol.asyncDispose]()
})

async function find(path: string): Promise<string> {
  const text = await (await ask(none(path), 'adam')).text()
  return /"id":"([^"]+)"/.exec(text)?.[1] ?? assert.fail(text)
}

function ask({ path, body, form }: Question, name: string): Promise<Response> {
  const headers = basic(name, samplePassword)
  const url = server.url + path.replace('{line}', ids?.line).replace('{event}', ids?.event)
  if (body === undefined && form === undefined) return fetch(url, { headers })
  const type = body === undefined ? 'application/x-www-form-urlencoded' : 'application/json'
  return fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': type },
    body: form ?? JSON.stringify(body),
  })
}

/** The answer; of a stream its first event. */
async function read(answer: Response): Promise<string> {
  if (answer.headers.get('content-type')?.startsWith('text/event-stream') !== true) {
    return answer.text()
  }
  let text = ''
  for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    if (/^data: .*\n\n/m.test(text)) break
  }
  return text
}

const description = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })

describe('what a person may see', () => {
  test('is asked of every route there is', async () => {
    const answer = await ask(none('/api/openapi.json'), 'adam')
    const { paths } = description.parse(await answer.json())
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const described = new Set([...routes, 'GET /api/openapi.json', 'GET /api/docs'])
    const inTable = new Set(Object.keys(questions))
    const unasked = [...described.difference(inTable)].filter((name) => !aboutAccess.test(name))
    assert.deepEqual(unasked, [], 'a new route needs questions in this table')
    assert.deepEqual([...inTable.difference(described)], [])
  })

  for (const [route, list] of Object.entries(questions)) {
    test(`of ${route} is nothing of other teams`, async () => {
      for (const question of list) {
        await lookAsEverybody(question)
        await lookAs('sue', question)
        await lookAs('nora', question)
      }
    })
  }
})

async function lookAsEverybody(question: Question): Promise<void> {
  const text = await read(await ask(question, 'adam'))
  const seen = withoutQuestion(text, question)
  const { path, shows } = question
  if (shows === 'both' || shows === 'own') assert.match(seen, /shop/, path)
  if (shows === 'both' || shows === 'other') assert.match(seen, /vault|"total":1/, path)
}

async function lookAs(name: string, question: Question): Promise<void> {
  const { path, shows, status = 200 } = question
  const answer = await ask(question, name)
  const seen = withoutQuestion(await read(answer), question)
  assert.equal(answer.status, status, `${name} ${path}: ${seen}`)
  assert.doesNotMatch(seen, /vault|98.?765|"total":1/i, `${name} ${path}`)
  if (shows === 'both' || shows === 'own') assert.match(seen, /shop/, `${name} ${path}`)
}

/** What is told back of the question, and of one's own scope, says nothing. */
function withoutQuestion(text: string, { path, status }: Question): string {
  const answer = text.replaceAll('-team:vault', '')
  if (status === 404) return answer.replaceAll(/"errors":\["[^"]*"\]/g, '')
  const query = new URL(path, 'http://h').searchParams.get('query')
  return query === null ? answer : answer.replaceAll(query, '')
}
