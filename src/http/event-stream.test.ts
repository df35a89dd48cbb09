import assert from 'node:assert/strict'
import { get, type IncomingMessage } from 'node:http'
import { afterEach, beforeEach, describe, mock, test } from 'node:test'
import { openLog } from '../telemetry/log.ts'
import { openLocalGate } from './local-gate.ts'
import { openEventStream, type EventStream } from './event-stream.ts'
import { startHttp, type HttpServer } from './start-http.ts'

interface Heard {
  readonly event: string
  readonly data: string
}

/** Reads events as they come; comments are left out. */
async function* readEvents(response: IncomingMessage): AsyncGenerator<Heard, void, void> {
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) {
    text += String(chunk)
    const frames = text.split('\n\n')
    text = frames.pop() ?? ''
    for (const frame of frames) {
      const [, event = '', data = ''] = /^event: (.*)\ndata: (.*)$/s.exec(frame) ?? []
      if (event !== '') yield { event, data }
    }
  }
}

async function next(events: AsyncGenerator<Heard, void, void>): Promise<Heard> {
  const result = await events.next()
  assert.ok(result.value, 'the stream ended')
  return result.value
}

describe('openEventStream()', () => {
  let firsts = 0
  let stream: EventStream
  let server: HttpServer
  beforeEach(async () => {
    firsts = 0
    stream = openEventStream(
      { event: 'snapshot', json: () => `{"n":${++firsts}}` },
      { liveStreams: 3, liveStreamBytes: 64 * 1024 },
    )
    server = await startHttp({
      host: '127.0.0.1',
      gate: openLocalGate('127.0.0.1'),
      port: 0,
      log: openLog('silent', 'test'),
      onClosing: stream.close,
      routes: [
        {
          method: 'GET',
          path: '/api/live',
          audience: 'people',
          isStream: true,
          handle: async (_request, reply) => stream.open(reply),
        },
      ],
    })
  })
  afterEach(() => server.close())

  function open(): Promise<IncomingMessage> {
    const asked = get(`${server.url}/api/live`, { agent: false })
    return new Promise((resolve, reject) => asked.on('response', resolve).on('error', reject))
  }

  test('starts with the first event, then gives what is sent to all', async () => {
    const readers = [await open(), await open()]
    assert.equal(readers[0]?.headers['content-type'], 'text/event-stream; charset=utf-8')
    assert.equal(readers[0]?.headers['x-accel-buffering'], 'no')
    assert.equal(readers[0]?.headers['x-frame-options'], 'DENY')
    const [one, other] = readers.map(readEvents)
    assert.ok(one && other)
    assert.deepEqual(await next(one), { event: 'snapshot', data: '{"n":1}' })
    assert.deepEqual(await next(other), { event: 'snapshot', data: '{"n":2}' })
    stream.send('tick', { rows: ['line\nbreak'] })
    for (const events of [one, other]) {
      assert.deepEqual(await next(events), { event: 'tick', data: '{"rows":["line\\nbreak"]}' })
    }
  })

  test('takes no more readers than allowed, and forgets those that went', async () => {
    const readers = [await open(), await open(), await open()]
    const refused = await fetch(`${server.url}/api/live`)
    assert.equal(refused.status, 503)
    assert.match(await refused.text(), /all 3 are taken/)
    readers[0]?.destroy()
    while (stream.readerCount() === 3) await new Promise(setImmediate)
    assert.equal((await open()).statusCode, 200)
  })

  test('lets a slow reader miss events and start again from a fresh first one', async () => {
    const slow = await open()
    const events = readEvents(slow)
    await next(events)
    const filler = 'x'.repeat(20_000)
    // Nothing is read meanwhile: some of this waits in the sockets, little of it in our memory.
    for (let n = 0; n < 2000; n++) {
      stream.send('tick', [n, filler])
      await new Promise(setImmediate)
    }
    let heard = await next(events)
    let ticks = 0
    for (; heard.event === 'tick'; ticks++) {
      assert.ok(heard.data.startsWith(`[${ticks},`))
      heard = await next(events)
    }
    assert.ok(ticks < 1500, `${ticks} of 2000 ticks came`)
    assert.equal(heard.data, '{"n":2}')
    stream.send('tick', 'after')
    assert.equal((await next(events)).data, '"after"')
  })

  test('cuts off a reader that takes nothing for half a minute', async () => {
    mock.timers.enable({ apis: ['Date'], now: 1_790_000_000_000 })
    const stuck = await open()
    stuck.on('error', () => {})
    for (let n = 0; n < 300; n++) {
      stream.send('tick', 'x'.repeat(100_000))
      await new Promise(setImmediate)
    }
    assert.equal(stream.readerCount(), 1)
    mock.timers.tick(31_000)
    stream.send('tick', 1)
    while (stream.readerCount() === 1) await new Promise(setImmediate)
    mock.timers.reset()
    stuck.destroy()
  })

  test('does not answer HEAD with a stream', async () => {
    const answer = await fetch(`${server.url}/api/live`, { method: 'HEAD' })
    assert.equal(answer.status, 404)
    assert.equal(stream.readerCount(), 0)
  })

  test('ends with the server, within a second', async () => {
    const events = readEvents(await open())
    await next(events)
    const startMs = performance.now()
    await server.close()
    assert.equal((await events.next()).done, true)
    assert.ok(performance.now() - startMs < 500)
  })
})
