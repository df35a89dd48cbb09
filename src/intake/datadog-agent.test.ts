import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { zstdCompressSync } from 'node:zlib'
import { encodeMetricPayload } from '../../test/server/encode-metric-payload.ts'
import {
  openTestServer,
  sampleContainer,
  sentenceOf,
  testKey,
  type TestServer,
} from '../../test/server/open-test-server.ts'
import {
  encodeCollectorContainer,
  encodeCollectorProc,
  frame,
} from '../../test/server/encode-process-message.ts'
import { sampleReport } from '../../test/server/sample-report.ts'
import { agentListSchema } from '../api/schemas/agents.ts'
import { unkeptRoutes } from './unkept-routes.ts'

const nowMs = 1_790_000_000_500
const nowS = 1_790_000_000
const protobuf = { 'content-type': 'application/x-protobuf' }
const told = {
  id: 'a'.repeat(64),
  type: 'docker',
  state: 3,
  tags: ['container_name:web', 'Env:A B'],
}

let server: TestServer
beforeEach(async () => {
  server = await openTestServer({ clock: () => nowMs })
})
afterEach(() => server.close())

async function listAgents(): Promise<ReturnType<typeof agentListSchema.parse>> {
  return agentListSchema.parse(await (await server.get('/api/agents')).json())
}

async function counts(): Promise<Record<string, number>> {
  return (await listAgents()).server.counts
}

describe('an agent that looks whether it gets through', () => {
  for (const [method, path, body] of [
    ['POST', '/api/v1/series', '{}'],
    ['POST', '/api/v1/check_run', '{"check":"test","status":0}'],
    ['POST', '/intake/', '{}'],
    ['GET', '/api/v1/validate', undefined],
    ['POST', '/api/v1/metadata', '{}'],
    ['POST', '/api/v2/series', '{}'],
    ['POST', '/api/beta/sketches', '{}'],
    ['POST', '/api/v2/logs', '{}'],
    ['POST', '/api/v2/databasequery', '{}'],
  ] as const) {
    test(`does, with ${method} ${path}`, async () => {
      const headers = { 'dd-api-key': testKey, 'content-type': 'application/json' }
      const request = { method, headers, ...(body !== undefined && { body }) }
      const answer = await fetch(server.url + path, request)
      assert.ok(answer.ok, String(answer.status))
      assert.deepEqual(
        server.written.filter(({ serviceChecks }) => serviceChecks === undefined),
        [],
      )
    })
  }

  test('does, with HEAD and without a key, where it would send a flare', async () => {
    const answer = await fetch(`${server.url}/support/flare`, { method: 'HEAD' })
    assert.equal(answer.status, 200)
  })

  test('may show its key in the address', async () => {
    assert.equal((await server.get(`/api/v1/validate?api_key=${testKey}`)).status, 200)
    assert.equal((await server.get('/api/v1/validate?api_key=wrong')).status, 403)
  })
})

describe('what is not kept', () => {
  for (const { path, name, wantsProcessAnswer = false } of unkeptRoutes) {
    test(`on ${path} is answered and counted as ${name}`, async () => {
      const answer = await server.post(path, Buffer.from([0, 1, 2, 0xff]), protobuf)
      assert.equal(answer.status, 202)
      assert.equal((await counts())[`unkept.${name}`], 1)
      const type = answer.headers.get('content-type')?.split(';')[0]
      assert.equal(type, wantsProcessAnswer ? 'application/x-protobuf' : 'application/json')
    })
  }

  test('is refused without a key, and then not counted', async () => {
    const answer = await server.post('/api/v2/sbom', '{}', { 'dd-api-key': 'wrong' })
    assert.equal(answer.status, 403)
    const counted = await counts()
    assert.equal(counted['unkept.sbom'], undefined)
    assert.equal(counted['requests_refused.403'], 1)
  })

  test('of a flare is said to the one who sends it', async () => {
    for (const path of ['/support/flare', '/support/flare/123']) {
      const answer = await server.post(path, 'zip')
      assert.deepEqual(await answer.json(), {
        case_id: 0,
        error: 'This server keeps no flares',
      })
    }
    assert.equal((await counts())['unkept.flares'], 2)
  })

  test('is counted by address where there is none, up to a bound', async () => {
    for (const path of [
      '/api/v2/new?x=1',
      '/api/v2/new',
      ...Array(60)
        .fill(0)
        .map((_, n) => `/p${n}`),
    ]) {
      const answer = await server.post(path, '{}')
      assert.equal(answer.status, 404)
      assert.match(await sentenceOf(answer), /there is no such address/)
    }
    await server.post('/secret', '{}', { 'dd-api-key': 'wrong' })
    const unknown = Object.entries(await counts()).filter(([name]) => name.startsWith('unknown.'))
    assert.equal(unknown.length, 51)
    assert.equal(Object.fromEntries(unknown)['unknown./api/v2/new'], 2)
    assert.equal(Object.fromEntries(unknown)['unknown.others'], 11)
  })
})

describe('containers', () => {
  for (const [path, message] of [
    ['/api/v1/container', frame(39, 4, zstdCompressSync(encodeCollectorContainer([told])))],
    ['/api/v1/collector', frame(12, 0, encodeCollectorProc([told]))],
  ] as const) {
    test(`of ${path} are shown and stored, and answered as the agent wants`, async () => {
      const answer = await server.post(path, message, protobuf)
      assert.equal(answer.status, 202)
      assert.equal(answer.headers.get('content-type'), 'application/x-protobuf')
      const bytes = Buffer.from(await answer.arrayBuffer())
      assert.deepEqual([bytes[0], bytes[2], bytes.length], [3, 23, 20])
      const [live] = server.live.containers()
      assert.equal(live?.host, 'dd-1')
      assert.equal(live.container.name, 'web')
      assert.deepEqual(live.container.tags, ['container_name:web', 'env:a_b'])
      assert.equal(server.written[0]?.containers?.[0]?.container.id, told.id)
    })
  }

  test('are counted apart from what is not kept of the same message', async () => {
    await server.post('/api/v1/collector', frame(12, 0, encodeCollectorProc([told])), protobuf)
    await server.post('/api/v1/collector', frame(27, 0, ''), protobuf)
    await server.post('/api/v1/container', frame(40, 0, ''), protobuf)
    await server.post('/api/v1/container', frame(41, 0, ''), protobuf)
    const odd = encodeCollectorContainer([{ id: 'garden' }])
    await server.post('/api/v1/container', frame(39, 0, odd), protobuf)
    const counted = await counts()
    assert.equal(counted['inventories'], 2)
    assert.equal(counted['containers_dropped.id'], 1)
    for (const name of [
      'processes',
      'processes_real_time',
      'containers_real_time',
      'process_messages',
    ])
      assert.equal(counted[`unkept.${name}`], 1, name)
  })

  test('stay while an agent lists processes alone', async () => {
    await server.post('/api/v1/container', frame(39, 0, encodeCollectorContainer([told])), protobuf)
    await server.post('/api/v1/collector', frame(12, 0, encodeCollectorProc([])), protobuf)
    assert.equal(server.live.containers()[0]?.container.state, 'running')
  })

  test('of a list that comes in pieces are removed with its last piece', async () => {
    const other = { ...told, id: 'b'.repeat(64) }
    const post = (containers: readonly (typeof told)[], groupId: number, groupSize: number) =>
      server.post(
        '/api/v1/container',
        frame(39, 0, encodeCollectorContainer(containers, { groupId, groupSize })),
        protobuf,
      )
    await post([told, other], 1, 1)
    await post([other], 2, 2)
    const states = (): (string | undefined)[] =>
      server.live.containers().map(({ container }) => container.state)
    assert.deepEqual(states(), ['running', 'running'])
    await post([], 2, 2)
    assert.deepEqual(states(), ['removed', 'running'])
  })

  test('in a broken message are refused', async () => {
    const answer = await server.post('/api/v1/container', 'hello', protobuf)
    assert.equal(answer.status, 400)
    assert.match(await sentenceOf(answer), /^Cannot read the process message/)
  })
})

describe('hosts', () => {
  test('are known by their metadata', async () => {
    const body = {
      internalHostname: ' dd-1 ',
      uuid: 'c0ffee00',
      agentVersion: '7.60.1',
      os: 'linux',
      meta: {},
      systemStats: { cpuCores: 4, nixV: ['debian', '12.4'] },
      'host-tags': { system: ['Env:Prod'] },
    }
    assert.equal((await server.post('/intake/', JSON.stringify(body))).status, 202)
    const { agents, server: own } = await listAgents()
    const [agent] = agents
    assert.equal(agents.length, 1)
    assert.equal(agent?.kind, 'datadog')
    assert.equal(agent.host, 'dd-1')
    assert.equal(agent.id, 'c0ffee00')
    assert.equal(agent.version, '7.60.1')
    assert.deepEqual(agent.hostTags, ['env:prod'])
    assert.equal(agent.hostFacts.os, 'debian 12.4')
    assert.equal(own.counts['host_metadata'], 1)
  })

  test('are known by their series alone, with the version that they tell', async () => {
    const payload = encodeMetricPayload([
      {
        metric: 'datadog.agent.running',
        host: 'dd-1',
        tags: ['version:7.60.1'],
        type: 3,
        points: [{ value: 1, timestamp: nowS }],
      },
    ])
    assert.equal((await server.post('/api/v2/series', payload, protobuf)).status, 202)
    const [agent] = (await listAgents()).agents
    assert.deepEqual([agent?.kind, agent?.host, agent?.version], ['datadog', 'dd-1', '7.60.1'])
    assert.equal(server.written[0]?.points?.series[0]?.metric, 'datadog.agent.running')
  })

  test('with one name are told apart: the later is told another', async () => {
    const report = async (agentId: string, timeMs: number): Promise<string | null> => {
      const body = { agentReports: [sampleReport({ agentId, host: 'box', timeMs })] }
      const answer = await server.post('/api/vigie/v1/report', JSON.stringify(body))
      assert.equal(answer.status, 202)
      return answer.headers.get('x-vigie-host')
    }
    const first = 'aaaa0000-0000-4000-8000-000000000001'
    const second = 'bbbb0000-0000-4000-8000-000000000002'
    assert.equal(await report(first, nowMs - 10_000), null)
    assert.equal(await report(second, nowMs - 9000), null)
    assert.equal(await report(first, nowMs - 5000), null)
    assert.equal(await report(second, nowMs - 4000), 'box-bbbb')
    const { agents } = await listAgents()
    assert.deepEqual(
      agents.map(({ id, conflict }) => [id, conflict !== '']),
      [
        [first, true],
        [second, true],
      ],
    )
  })

  test('of ours keep what they tell of containers', async () => {
    const containers = [sampleContainer('a', { env: ['PORT=80'] })]
    const inventory = { kind: 'inventory', host: 'h', timeMs: nowMs, isFull: true, containers, removedIds: [] } // prettier-ignore
    const agentReports = [sampleReport({ host: 'h', timeMs: nowMs })]
    await server.post(
      '/api/vigie/v1/report',
      JSON.stringify({ inventories: [inventory], agentReports }),
    )
    await server.post('/api/v1/container', frame(39, 0, encodeCollectorContainer([told])), protobuf)
    assert.deepEqual(server.live.containers()[0]?.container.env, ['PORT=80'])
  })
})
