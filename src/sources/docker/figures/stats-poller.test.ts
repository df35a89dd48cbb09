import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { makeContainer } from '../../../../test/agent/engine-container.ts'
import { within } from '../../../../test/agent/environment.ts'
import { parseEndpoint } from '../../../docker/endpoint.ts'
import { createEngineClient } from '../../../docker/engine-client.ts'
import type { EngineContainer } from '../../../docker/parse-inspect.ts'
import type { Reading } from './reading.ts'
import { statsAtOnce, StatsPoller } from './stats-poller.ts'

const recorded = readFileSync(
  new URL('../../../docker/stats-cases/docker-v1.json', import.meta.url),
  'utf8',
)

/** An engine that holds each question for figures until the test answers it, and a poller that asks it. */
class HeldEngine implements AsyncDisposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'vigie-stats-'))
  readonly #stop = new AbortController()
  readonly #waiting: (() => void)[] = []
  #server: ReturnType<typeof createServer> | undefined
  #running: Promise<void> | undefined
  #close: () => void = () => {}
  apiVersion = '1.41'
  containers: readonly EngineContainer[] = []
  readonly readings: (readonly [id: string, reading: Reading])[] = []
  /** All questions for figures so far, and those without an answer. */
  readonly asked: string[] = []
  readonly held = new Map<string, ServerResponse>()
  mostHeld = 0
  poller: StatsPoller | undefined

  async start(intervalMs: number, queryTimeoutMs = 5000): Promise<this> {
    const socketPath = join(this.#folder, 'docker.sock')
    this.#server = createServer((request, response) => {
      const path = request.url ?? ''
      if (path === '/version') {
        const { apiVersion: ApiVersion } = this
        response.end(JSON.stringify({ Version: '20.10', ApiVersion, MinAPIVersion: '1.12' }))
        return
      }
      this.asked.push(path)
      const id = /\/containers\/([^/]+)\/stats/.exec(path)?.[1] ?? ''
      this.held.set(id, response)
      response.on('close', () => this.held.delete(id))
      this.mostHeld = Math.max(this.mostHeld, this.held.size)
      this.#wakeAll()
    })
    await new Promise<void>((resolve) => {
      this.#server?.listen(socketPath, resolve)
    })
    const endpoint = parseEndpoint(socketPath, { shouldVerify: false })
    const client = createEngineClient(endpoint, queryTimeoutMs, { connections: statsAtOnce })
    this.#close = () => client.close()
    this.poller = new StatsPoller({
      client,
      containers: () => this.containers,
      intervalMs,
      onReading: (id, reading) => {
        this.readings.push([id, reading])
        this.#wakeAll()
      },
    })
    this.#running = this.poller.run(this.#stop.signal)
    return this
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    await within(1000, this.#running ?? Promise.resolve())
    this.#close()
    this.#server?.closeAllConnections()
    this.#server?.close()
    rmSync(this.#folder, { recursive: true })
  }

  async until(isSo: () => boolean): Promise<void> {
    while (!isSo())
      await within(
        5000,
        new Promise<void>((resolve) => {
          this.#waiting.push(resolve)
        }),
      )
  }

  answer(id: string, text = recorded, status = 200): void {
    this.held.get(id)?.writeHead(status).end(text)
    this.held.delete(id)
  }

  /** Answers every question from now on at once, but those for `except`. */
  answerAll(except: readonly string[] = []): void {
    for (const id of this.held.keys()) if (!except.includes(id)) this.answer(id, fresh())
    this.#waiting.push(() => this.answerAll(except))
  }

  #wakeAll(): void {
    for (const wake of this.#waiting.splice(0)) wake()
  }
}

let readings = 0
/** An answer that was read later than all before. */
function fresh(): string {
  readings += 1
  const read = new Date(Date.parse('2026-11-21T14:42:52Z') + readings).toISOString()
  return recorded.replace(/"read": "[^"]*"/, `"read": "${read}"`)
}

function make(...ids: readonly string[]): readonly EngineContainer[] {
  return ids.map((id) => makeContainer({ id, name: `name-of-${id}` }))
}

describe('StatsPoller', { timeout: 60_000 }, () => {
  test('asks a new container at once, in one-shot mode, and hands its figures on', async () => {
    await using engine = new HeldEngine()
    engine.containers = make('a')
    await engine.start(60_000)
    await engine.until(() => engine.held.has('a'))
    assert.deepEqual(engine.asked, ['/v1.41/containers/a/stats?stream=false&one-shot=true'])
    engine.answer('a')
    await engine.until(() => engine.readings.length === 1)
    const [[id, reading] = []] = engine.readings
    assert.equal(id, 'a')
    assert.ok((reading?.sample.cpuNanos ?? 0) > 0)
    assert.ok((reading?.sample.readAtMs ?? Infinity) <= performance.now())
  })

  test('does not ask an engine older than API 1.41 for one shot', async () => {
    await using engine = new HeldEngine()
    engine.apiVersion = '1.40'
    engine.containers = make('a', 'b')
    await engine.start(40)
    engine.answerAll()
    await engine.until(() => engine.asked.length >= 4)
    assert.ok(engine.asked.slice(2).every((path) => path.endsWith('/stats?stream=false')))
  })

  test('has at most eight questions open at a slow engine, and asks all in the end', async () => {
    await using engine = new HeldEngine()
    const ids = Array.from({ length: 30 }, (_one, at) => `c${at}`)
    engine.containers = make(...ids)
    await engine.start(10)
    while (new Set(engine.readings.map(([id]) => id)).size < 30) {
      await engine.until(() => engine.held.size === statsAtOnce)
      const [id = ''] = engine.held.keys()
      engine.answer(id, fresh())
    }
    assert.equal(engine.mostHeld, 8)
  })

  test('never asks a container again while its question is open, and does not hold the others', async () => {
    await using engine = new HeldEngine()
    engine.containers = make('slow', 'a', 'b')
    await engine.start(20)
    engine.answerAll(['slow'])
    await engine.until(() => engine.readings.filter(([id]) => id === 'b').length >= 5)
    assert.equal(engine.asked.filter((path) => path.includes('/slow/')).length, 1)
  })

  test('gives a silent container up in time, names it, and goes on with the others', async () => {
    await using engine = new HeldEngine()
    engine.containers = make('mute', 'a')
    await engine.start(30, 60)
    engine.answerAll(['mute'])
    await engine.until(() => (engine.poller?.faults().size ?? 0) > 0 && engine.readings.length > 3)
    const faults = engine.poller?.faults()
    assert.match(faults?.get('name-of-mute') ?? '', /has not answered for 0\.06 s/)
    assert.equal(faults?.has('name-of-a'), false)
  })

  test('asks a failing container less often, and forgets its fault once it answers', async () => {
    await using engine = new HeldEngine()
    engine.containers = make('bad', 'a')
    await engine.start(20)
    const failOnce = async (): Promise<void> => {
      await engine.until(() => engine.held.has('bad'))
      engine.answer('bad', '{"message":"cgroup is gone"}', 500)
    }
    engine.answerAll(['bad'])
    for (let at = 0; at < 4; at += 1) await failOnce()
    const asked = (id: string): number =>
      engine.asked.filter((path) => path.includes(`/${id}/`)).length
    assert.ok(asked('a') > asked('bad'), `${asked('a')} and ${asked('bad')}`)
    await engine.until(() => engine.held.has('bad'))
    assert.match(engine.poller?.faults().get('name-of-bad') ?? '', /with 500: .*cgroup is gone/)
    engine.answer('bad', fresh())
    await engine.until(() => engine.poller?.faults().size === 0)
  })

  test('tells nothing of a container that left while it was asked, nor the same reading twice', async () => {
    await using engine = new HeldEngine()
    engine.containers = make('gone', 'a')
    await engine.start(30)
    await engine.until(() => engine.held.has('gone') && engine.held.has('a'))
    engine.containers = make('a')
    for (let at = 0; at < 3; at += 1) {
      await engine.until(() => engine.held.has('a'))
      engine.answer('a', recorded)
    }
    engine.answer('gone')
    await engine.until(() => engine.held.has('a'))
    assert.deepEqual(
      engine.readings.map(([id]) => id),
      ['a'],
    )
  })

  test('spreads the first questions over the interval', async () => {
    await using engine = new HeldEngine()
    engine.containers = make('a', 'b', 'c', 'd')
    await engine.start(60_000)
    await engine.until(() => engine.held.has('a'))
    engine.answer('a')
    await engine.until(() => engine.readings.length === 1)
    assert.equal(engine.asked.length, 1)
  })
})
