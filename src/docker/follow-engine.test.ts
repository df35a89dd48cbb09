import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { describe, test } from 'node:test'
import { within } from '../../test/agent/environment.ts'
import {
  makeEvent,
  readRecording,
  readRecordedEvents,
  ReplayEngine,
  sendJson,
} from '../../test/agent/replay-engine.ts'
import { parseEndpoint } from './endpoint.ts'
import { createEngineClient } from './engine-client.ts'
import type { EngineError } from './engine-error.ts'
import { followEngine, type EngineListener } from './follow-engine.ts'

/** What the listener was told, one word each: `all web,sick`, `event start`, `changed web running`, … */
class Told {
  readonly words: string[] = []
  readonly errors: EngineError[] = []
  #waiting: (() => void)[] = []

  readonly listener: EngineListener = {
    onAll: (containers, unreadableIds) => {
      const names = containers.map(({ name }) => name).toSorted()
      this.#note(`all ${[...names, ...unreadableIds.map((id) => `?${id.slice(0, 4)}`)].join(',')}`)
    },
    onChanged: ({ name, state }) => this.#note(`changed ${name} ${state}`),
    onRemoved: (id) => this.#note(`removed ${id.slice(0, 4)}`),
    onUnreadable: (id, error) => {
      this.errors.push(error)
      this.#note(`unreadable ${id.slice(0, 4)}`)
    },
    onEvent: ({ action, timeNanos }) => this.#note(`event ${action} ${timeNanos}`),
    onReachable: (version) => this.#note(`reachable ${version}`),
    onUnreachable: (error) => {
      this.errors.push(error)
      this.#note(`unreachable ${error.code}`)
    },
  }

  /**
   * Resolves once as many words begin with `beginning`.
   * @throws {Error} When nothing at all is told for five seconds.
   */
  async hears(beginning: string, count = 1): Promise<void> {
    while (this.heard(beginning).length < count) {
      const told = new Promise<void>((resolve) => {
        this.#waiting.push(resolve)
      })
      await within(5000, told)
    }
  }

  heard(beginning: string): readonly string[] {
    return this.words.filter((word) => word.startsWith(beginning))
  }

  #note(word: string): void {
    this.words.push(word)
    for (const wake of this.#waiting.splice(0)) wake()
  }
}

interface Following extends AsyncDisposable {
  readonly told: Told
  readonly stop: () => Promise<void>
}

/** Follows with short pauses, and stops at the end of the test. */
function follow(engine: ReplayEngine, queryTimeoutMs = 2000): Following {
  const endpoint = parseEndpoint(engine.dockerHost, { shouldVerify: false })
  const client = createEngineClient(endpoint, queryTimeoutMs)
  const stop = new AbortController()
  const told = new Told()
  const options = { signal: stop.signal, pingEveryMs: 20, retryMs: 20 }
  const following = followEngine(client, told.listener, options)
  const end = async (): Promise<void> => {
    stop.abort()
    await within(1000, following)
    client.close()
  }
  return { told, stop: end, [Symbol.asyncDispose]: end }
}

const web = readRecording('web')
const sick = readRecording('sick')
const nowNanos = BigInt(Date.now()) * 1_000_000n + 1_000_000_000_000n

describe('followEngine()', { timeout: 10_000, concurrency: true }, () => {
  test('tells all containers, then that the engine is reached', async () => {
    await using engine = await new ReplayEngine(web, sick).start()
    await using following = follow(engine)
    await following.told.hears('reachable')
    assert.deepEqual(following.told.words, ['all sick,web', 'reachable 20.10.24'])
  })

  test('asks for the events before it asks for the list', async () => {
    await using engine = await new ReplayEngine(web).start()
    await using following = follow(engine)
    await following.told.hears('reachable')
    const order = engine.asked.map((path) => path.split('?')[0])
    assert.ok(order.indexOf('/events') < order.indexOf('/containers/json'))
  })

  test('leaves the exec events of health checks to the engine', async () => {
    await using engine = await new ReplayEngine().start()
    await using following = follow(engine)
    await following.told.hears('reachable')
    const query = new URL(engine.asked.find((path) => path.startsWith('/events')) ?? '', 'http://d')
    const filters = JSON.parse(query.searchParams.get('filters') ?? '{}')
    assert.deepEqual(filters.type, ['container'])
    assert.ok(filters.event.includes('start') && filters.event.includes('health_status'))
    assert.deepEqual(
      filters.event.filter((action: string) => action.startsWith('exec')),
      [],
    )
  })

  test('tells an event and what it made of the container', async () => {
    await using engine = await new ReplayEngine(readRecording('web')).start()
    await using following = follow(engine)
    await following.told.hears('reachable')
    const paused = readRecording('web')
    paused.State.Status = 'paused'
    engine.containers.set(web.Id, paused)
    engine.send(makeEvent(web.Id, 'pause', nowNanos))
    await following.told.hears('changed')
    assert.deepEqual(following.told.words.slice(2), [
      `event pause ${nowNanos}`,
      'changed web paused',
    ])
  })

  test('tells a removed container once, and no change behind it', async () => {
    await using engine = await new ReplayEngine(web, sick).start()
    await using following = follow(engine)
    await following.told.hears('reachable')
    const asked = Promise.withResolvers<ServerResponse>()
    engine.special.set(`/containers/${web.Id}/json`, (response) => asked.resolve(response))
    engine.send(makeEvent(web.Id, 'die', nowNanos))
    const response = await asked.promise
    engine.send(makeEvent(web.Id, 'destroy', nowNanos + 1n))
    await following.told.hears('removed')
    const answered = once(response, 'finish')
    sendJson(response, web)
    await answered
    engine.send(makeEvent(sick.Id, 'start', nowNanos + 2n))
    await following.told.hears('changed sick')
    assert.deepEqual(following.told.heard('changed web'), [])
    assert.deepEqual(following.told.heard('removed'), [`removed ${web.Id.slice(0, 4)}`])
  })

  test('asks once about a container that a burst of events is about', async () => {
    await using engine = await new ReplayEngine(web).start()
    await using following = follow(engine)
    await following.told.hears('reachable')
    const path = `/containers/${web.Id}/json`
    const before = engine.asked.filter((asked) => asked === path).length
    const burst = Array.from({ length: 500 }, (_one, at) =>
      makeEvent(web.Id, 'restart', nowNanos + BigInt(at)),
    )
    engine.send(...burst)
    await following.told.hears('event restart', 500)
    await following.told.hears('changed')
    const asked = engine.asked.filter((one) => one === path).length - before
    assert.ok(asked <= 20, `${asked} questions for 500 events`)
  })

  test('asks about a container again only when it has its answer', async () => {
    await using engine = await new ReplayEngine(web, sick).start()
    await using following = follow(engine)
    await following.told.hears('reachable')
    const path = `/containers/${web.Id}/json`
    const first = Promise.withResolvers<ServerResponse>()
    engine.special.set(path, (response) => first.resolve(response))
    engine.send(makeEvent(web.Id, 'start', nowNanos))
    const response = await first.promise
    engine.send(makeEvent(web.Id, 'pause', nowNanos + 1n), makeEvent(sick.Id, 'start', nowNanos))
    await following.told.hears('changed sick')
    assert.equal(engine.asked.filter((asked) => asked === path).length, 2)
    engine.special.delete(path)
    sendJson(response, web)
    await following.told.hears('changed web', 2)
    assert.equal(engine.asked.filter((asked) => asked === path).length, 3)
  })

  test('does not ask about a container that an event leaves as it was', async () => {
    await using engine = await new ReplayEngine(web).start()
    await using following = follow(engine)
    await following.told.hears('reachable')
    engine.send(makeEvent(web.Id, 'kill', nowNanos), makeEvent(web.Id, 'attach', nowNanos + 1n))
    engine.send(makeEvent(sick.Id, 'destroy', nowNanos + 2n))
    await following.told.hears('removed')
    assert.equal(engine.asked.filter((path) => path.includes(web.Id)).length, 1)
  })

  test('passes over a line that it cannot read', async () => {
    await using engine = await new ReplayEngine(web).start()
    await using following = follow(engine)
    await following.told.hears('reachable')
    engine.send('{"Action":', makeEvent(web.Id, 'start', nowNanos))
    await following.told.hears('event start')
    assert.deepEqual(following.told.heard('unreachable'), [])
  })

  for (const [what, answer] of [
    ['that has no state', { Id: sick.Id, Name: '/sick' }],
    ['that the engine answers 500 for', 500],
  ] as const) {
    test(`tells all others beside a container ${what}`, async () => {
      await using engine = await new ReplayEngine(web, sick).start()
      engine.special.set(`/containers/${sick.Id}/json`, (response) => {
        if (answer === 500) response.writeHead(500).end('{"message":"layer is corrupt"}')
        else sendJson(response, answer)
      })
      await using following = follow(engine)
      await following.told.hears('reachable')
      assert.deepEqual(following.told.words, [
        'all web,?76ad',
        'unreadable 76ad',
        'reachable 20.10.24',
      ])
      assert.match(following.told.errors[0]?.message ?? '', /76ad643c4a8b/)
      engine.send(makeEvent(sick.Id, 'start', nowNanos), makeEvent(web.Id, 'start', nowNanos))
      await following.told.hears('changed web')
      await following.told.hears('unreadable', 2)
      assert.deepEqual(following.told.heard('unreachable'), [])
    })
  }

  test('does not wait for a stuck inspect to tell that others changed', async () => {
    await using engine = await new ReplayEngine(web, sick).start()
    await using following = follow(engine, 800)
    await following.told.hears('reachable')
    engine.special.set(`/containers/${sick.Id}/json`, () => {})
    engine.send(makeEvent(sick.Id, 'start', nowNanos), makeEvent(web.Id, 'start', nowNanos))
    await following.told.hears('changed web')
    assert.deepEqual(following.told.heard('unreadable'), [])
    await following.told.hears('unreadable')
    assert.deepEqual(following.told.heard('unreachable'), [])
  })

  test('says that the engine fails when not a single container can be read', async () => {
    await using engine = await new ReplayEngine(web).start()
    engine.special.set(`/containers/${web.Id}/json`, (response) => response.writeHead(500).end())
    await using following = follow(engine)
    await following.told.hears('unreachable ENGINE_ANSWER')
    assert.deepEqual(following.told.heard('all'), [])
  })

  test('says so when the engine answers with something else than it should', async () => {
    await using engine = await new ReplayEngine(web).start()
    engine.special.set('/version', (response) => sendJson(response, { name: 'not an engine' }))
    await using following = follow(engine)
    await following.told.hears('unreachable ENGINE_ANSWER')
    assert.match(following.told.errors[0]?.message ?? '', /^Cannot read what the engine at unix:/)
  })

  test('catches up on what happened while the stream was cut, each event once', async () => {
    await using engine = await new ReplayEngine(web).start()
    await using following = follow(engine)
    await following.told.hears('reachable')
    engine.send(makeEvent(web.Id, 'start', nowNanos), makeEvent(web.Id, 'oom', nowNanos + 5n))
    await following.told.hears('event oom')
    engine.cutStreams()
    await following.told.hears('unreachable ENGINE_REFUSED')
    engine.send(makeEvent(web.Id, 'die', nowNanos + 5n), makeEvent(web.Id, 'start', nowNanos + 9n))
    await following.told.hears('reachable', 2)
    await following.told.hears('event start', 2)
    assert.deepEqual(following.told.heard('event'), [
      `event start ${nowNanos}`,
      `event oom ${nowNanos + 5n}`,
      `event die ${nowNanos + 5n}`,
      `event start ${nowNanos + 9n}`,
    ])
    const since = engine.asked.findLast((path) => path.startsWith('/events')) ?? ''
    const [seconds, nanos] = [(nowNanos + 5n) / 1_000_000_000n, (nowNanos + 5n) % 1_000_000_000n]
    assert.ok(since.includes(`since=${seconds}.${String(nanos).padStart(9, '0')}&`), since)
  })

  test('notices an engine that hangs while it follows, and goes on when it wakes', async () => {
    await using engine = await new ReplayEngine(web).start()
    await using following = follow(engine, 300)
    await following.told.hears('reachable')
    engine.hang()
    await following.told.hears('unreachable ENGINE_SILENT')
    engine.goOn()
    await following.told.hears('reachable', 2)
    assert.ok(following.told.heard('all').length >= 2)
  })

  test('notices an engine that hangs between the list and the inspects', async () => {
    await using engine = await new ReplayEngine(web).start()
    engine.special.set('/containers/json', (response) => {
      engine.hang()
      sendJson(
        response,
        Array.from({ length: 500 }, (_one, at) => ({ Id: String(at) })),
      )
    })
    await using following = follow(engine, 300)
    await following.told.hears('unreachable ENGINE_SILENT')
  })

  test('tells what is new after the engine was restarted', async () => {
    await using engine = await new ReplayEngine(web, sick).start()
    await using following = follow(engine)
    await following.told.hears('reachable')
    await engine.stop()
    await following.told.hears('unreachable ENGINE_ABSENT')
    engine.containers.delete(sick.Id)
    await engine.start()
    await following.told.hears('reachable', 2)
    assert.deepEqual(following.told.heard('all'), ['all sick,web', 'all web'])
  })

  test('stops at once while the engine is silent', async () => {
    await using engine = await new ReplayEngine(web).start()
    engine.hang()
    const following = follow(engine, 60_000)
    await engine.questions('/version', 1)
    await within(1000, following.stop())
    assert.deepEqual(following.told.words, [])
  })

  test('stops at once while it inspects', async () => {
    await using engine = await new ReplayEngine(web, sick).start()
    engine.special.set(`/containers/${web.Id}/json`, () => {})
    const following = follow(engine, 60_000)
    await engine.questions(`/containers/${web.Id}`, 1)
    await within(1000, following.stop())
    assert.deepEqual(following.told.words, [])
  })

  test('replays a recorded hour: every event of a container is told in its order', async () => {
    await using engine = await new ReplayEngine(web, sick).start()
    await using following = follow(engine)
    await following.told.hears('reachable')
    const recorded = readRecordedEvents()
    const expected = recorded
      .filter((line) => line.includes('"Type":"container"'))
      .map((line) => /"timeNano":(\d+)/.exec(line)?.[1])
    engine.send(...recorded)
    await following.told.hears('event', expected.length)
    assert.deepEqual(
      following.told.heard('event').map((word) => word.split(' ')[2]),
      expected,
    )
  })
})
