import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import {
  openTestServer,
  sampleContainer,
  type TestServer,
} from '../../test/server/open-test-server.ts'
import type { Container } from '../model/container.ts'
import type { LiveContainers, LiveSnapshot, LiveTick } from './contract/live.ts'

interface Heard {
  readonly event: string
  readonly data: Partial<LiveSnapshot & LiveTick & LiveContainers>
}

let server: TestServer
beforeEach(async () => {
  server = await openTestServer()
})
afterEach(() => server.close())

/** Events of one stream; `agents` only when asked for, since they come every second whatever happens. */
async function* listen(withAgents = false): AsyncGenerator<Heard, void, void> {
  const answer = await server.get('/api/live')
  let text = ''
  for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    const frames = text.split('\n\n')
    text = frames.pop() ?? ''
    for (const frame of frames) {
      const [, event = '', json = 'null'] = /^event: (.*)\ndata: (.*)$/.exec(frame) ?? []
      const data: Heard['data'] = JSON.parse(json)
      if (event !== 'agents' || withAgents) yield { event, data }
    }
  }
}

async function next(events: AsyncGenerator<Heard, void, void>): Promise<Heard> {
  const result = await events.next()
  assert.ok(result.value, 'the stream ended')
  return result.value
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
  await server.post('/api/vigie/v1/report', JSON.stringify({ inventories: [inventory] }))
}

async function cpu(value: number, timeS: number): Promise<void> {
  const tags = [`container_id:${'a'.repeat(64)}`]
  const series = [
    { metric: 'docker.cpu.usage', points: [[timeS, value]], tags, host: 'h', interval: 1 },
  ]
  await server.post('/api/v1/series', JSON.stringify({ series }))
}

describe('GET /api/live', () => {
  test('starts with what is there, then tells of figures, changes and removals', async () => {
    await report([sampleContainer('a')])
    const events = listen()
    const snapshot = await next(events)
    assert.equal(snapshot.event, 'snapshot')
    const [web] = snapshot.data.containers ?? []
    assert.ok(web)
    const { key } = web
    assert.equal(web.name, 'web-a')
    assert.equal(typeof snapshot.data.serverId, 'string')

    const timeS = Math.floor(Date.now() / 1000)
    await cpu(12.5, timeS)
    let heard = await next(events)
    // The container of the snapshot is still news to those who were there before.
    if (heard.event === 'containers') heard = await next(events)
    assert.equal(heard.event, 'tick')
    assert.equal(heard.data.time, timeS * 1000)
    assert.deepEqual(heard.data.rows?.[0]?.slice(0, 3), [key, 12.5, null])

    await cpu(12.5, timeS + 1)
    assert.deepEqual((await next(events)).data, { time: (timeS + 1) * 1000, rows: [[key]] })

    await report([sampleContainer('a', { state: 'paused' }), sampleContainer('b')])
    const changed = await next(events)
    assert.equal(changed.event, 'containers')
    assert.deepEqual(
      changed.data.changed?.map(({ state }) => state),
      ['paused', 'running'],
    )

    await report([sampleContainer('b')])
    assert.deepEqual((await next(events)).data, { changed: [], removedKeys: [key] })
  })

  test('brings a figure to the page well within a second', async () => {
    await report([sampleContainer('a')])
    const events = listen()
    await next(events)
    for (let n = 0; n < 3; n++) {
      const startMs = performance.now()
      await cpu(n, Math.floor(Date.now() / 1000) + n)
      while ((await next(events)).event !== 'tick') await Promise.resolve()
      assert.ok(performance.now() - startMs < 800, `${performance.now() - startMs} ms`)
    }
  })

  test('tells of the agents every second', async () => {
    const events = listen(true)
    await next(events)
    const heard = await next(events)
    assert.equal(heard.event, 'agents')
    const { time: _time, server: _server, ...news } = heard.data
    assert.deepEqual(news, { changed: [], rows: [], removedKeys: [] })
  })

  test('tells since when something happened that was told late', async () => {
    const events = listen()
    await next(events)
    const timeS = Math.floor(Date.now() / 1000) - 600
    const checks = [{ check: 'a', host_name: 'h', status: 2, timestamp: timeS }]
    await server.post('/api/v1/check_run', JSON.stringify(checks))
    assert.deepEqual(await next(events), { event: 'late', data: { fromMs: timeS * 1000 } })
  })

  test('takes a limited number of pages', async () => {
    await server.close()
    server = await openTestServer({ limits: { liveStreams: 1 } })
    await next(listen())
    assert.equal((await server.get('/api/live')).status, 503)
  })
})
