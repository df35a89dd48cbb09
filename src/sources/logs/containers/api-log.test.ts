import assert from 'node:assert/strict'
import { mkdtempDisposableSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { within } from '../../../../test/agent/environment.ts'
import { openLogTools, type OpenLogTools } from '../../../../test/agent/log-tools.ts'
import { parseEndpoint } from '../../../docker/endpoint.ts'
import { createEngineClient } from '../../../docker/engine-client.ts'
import type { LogOrigin } from '../../../model/log-block.ts'
import { openApiFrames } from '../frames/open-api-frames.ts'
import { ApiLog, type ApiLogOptions } from './api-log.ts'
import { Slots } from './slots.ts'

const id = 'a'.repeat(64)
const origin: LogOrigin = {
  host: 'box-1',
  containerId: id,
  containerName: 'web',
  image: '',
  service: '',
  source: '',
  tags: [],
}

/** What the engine sends for one line: its output, its length, its time. */
function frame(second: number, text: string): Buffer {
  const body = Buffer.from(`2026-11-21T21:00:0${second}.000000001Z ${text}\n`)
  const head = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0])
  head.writeUInt32BE(body.length, 4)
  return Buffer.concat([head, body])
}

/** An engine that gives out one stream after the other, as the test answers them. */
class StreamEngine implements AsyncDisposable {
  readonly #folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-stream-'))
  readonly #asked: { readonly since: string; readonly response: ServerResponse }[] = []
  #changed = Promise.withResolvers<void>()
  readonly #server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://docker')
    if (url.pathname === '/version') {
      response.end('{"Version":"1"}')
      return
    }
    this.#asked.push({ since: url.searchParams.get('since') ?? '', response })
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
  })
  readonly client = createEngineClient(
    parseEndpoint(join(this.#folder.path, 'docker.sock'), { shouldVerify: false }),
    2000,
  )

  async start(): Promise<this> {
    await new Promise<void>((resolve) => {
      this.#server.listen(join(this.#folder.path, 'docker.sock'), resolve)
    })
    return this
  }

  get askedCount(): number {
    return this.#asked.length
  }

  /** The question number `at`, once it has been asked. */
  async question(
    at: number,
  ): Promise<{ readonly since: string; readonly response: ServerResponse }> {
    for (;;) {
      const asked = this.#asked[at]
      if (asked !== undefined) return asked
      await this.#changed.promise
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.client.close()
    this.#server.closeAllConnections()
    this.#server.close()
    this.#folder.remove()
  }
}

function open(
  { tools, settling }: OpenLogTools,
  { client }: StreamEngine,
  change: Partial<ApiLogOptions> = {},
): ApiLog {
  const api = { ...tools, settling, openApiFrames, client, slots: new Slots(1) }
  const config = { kind: 'container', place: 'x', tags: [], rules: [] } as const
  const options = { id, name: 'web', isTty: false, config, origin, isRunning: true, ...change }
  return new ApiLog(api, options)
}

describe('ApiLog', { timeout: 60_000, concurrency: true }, () => {
  test('reads a stream, and after a restart goes on where it was', async () => {
    using state = mkdtempDisposableSync(join(tmpdir(), 'vigie-state-'))
    await using engine = await new StreamEngine().start()
    {
      await using opened = await openLogTools({}, state.path)
      const log = open(opened, engine)
      const { since, response } = await within(2000, engine.question(0))
      assert.equal(since, '')
      response.write(Buffer.concat([frame(1, 'one'), frame(2, 'two')]))
      assert.deepEqual(await within(2000, opened.shipped.first(2)), ['one', 'two'])
      assert.equal(opened.shipped.lines[0]?.origin, origin)
      log.stop()
    }
    await using opened = await openLogTools({}, state.path)
    const log = open(opened, engine)
    const { since, response } = await within(2000, engine.question(1))
    assert.equal(since, '1795294802.000000001')
    response.write(Buffer.concat([frame(2, 'two'), frame(3, 'three')]))
    assert.deepEqual(await within(2000, opened.shipped.first(1)), ['three'])
    log.stop()
  })

  test('opens a stream that broke again, and hands nothing on twice', async () => {
    await using engine = await new StreamEngine().start()
    await using opened = await openLogTools()
    const log = open(opened, engine)
    const one = await within(2000, engine.question(0))
    one.response.write(Buffer.concat([frame(1, 'one'), frame(2, 'two').subarray(0, 20)]))
    await within(2000, opened.shipped.first(1))
    one.response.destroy()
    const two = await within(4000, engine.question(1))
    assert.equal(two.since, '1795294801.000000001')
    assert.match(opened.tools.faults.list().join(), /^The logs of container web cannot be read: /)
    two.response.write(Buffer.concat([frame(1, 'one'), frame(2, 'two')]))
    assert.deepEqual(await within(2000, opened.shipped.first(2)), ['one', 'two'])
    log.stop()
  })

  test('asks no more of a container that has ended, until it runs again', async () => {
    await using engine = await new StreamEngine().start()
    await using opened = await openLogTools()
    const log = open(opened, engine, { isRunning: false })
    const one = await within(2000, engine.question(0))
    one.response.end(frame(1, 'one'))
    await within(2000, opened.shipped.first(1))
    log.update({ origin, isRunning: false })
    assert.equal(engine.askedCount, 1)
    log.update({ origin, isRunning: true })
    const two = await within(4000, engine.question(1))
    two.response.end(frame(2, 'two'))
    assert.deepEqual(await within(2000, opened.shipped.first(2)), ['one', 'two'])
    log.stop()
  })

  test('reads the last words of a container that is removed', async () => {
    await using engine = await new StreamEngine().start()
    await using opened = await openLogTools()
    const log = open(opened, engine)
    const { response } = await within(2000, engine.question(0))
    response.flushHeaders()
    const finished = log.finish('forget')
    response.end(frame(1, 'last words'))
    await within(4000, finished)
    assert.deepEqual(opened.shipped.texts, ['last words'])
    assert.equal(opened.tools.gatherer.keptOf(`docker:${id}`), undefined)
  })

  test('says why the engine does not give the logs', async () => {
    await using engine = await new StreamEngine().start()
    await using opened = await openLogTools()
    const log = open(opened, engine)
    const { response } = await within(2000, engine.question(0))
    response.writeHead(501).end('configured logging driver does not support reading')
    await within(4000, engine.question(1))
    assert.match(
      opened.tools.faults.list().join(),
      /container web cannot be read: .* with 501: configured logging driver/,
    )
    log.stop()
  })

  test('asks for nothing more while there is no room', async () => {
    await using engine = await new StreamEngine().start()
    await using opened = await openLogTools({ inFlightBytes: 1 })
    opened.shipped.isHeld = true
    const log = open(opened, engine)
    const { response } = await within(2000, engine.question(0))
    response.write(frame(1, 'one'))
    await within(2000, opened.shipped.first(1))
    const block = Buffer.concat(Array.from({ length: 20_000 }, () => frame(2, 'x'.repeat(200))))
    response.write(block)
    for (let turn = 0; turn < 20; turn += 1) await engine.client.get('/version')
    assert.equal(response.writableNeedDrain, true)
    opened.shipped.release()
    assert.equal((await within(5000, opened.shipped.first(20_001))).length, 20_001)
    log.stop()
  })
})
