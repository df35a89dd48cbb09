import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { describe, test } from 'node:test'
import { within } from '../../test/agent/environment.ts'
import { follow } from '../../test/agent/following.ts'
import {
  makeEvent,
  readRecording,
  readRecordedEvents,
  ReplayEngine,
  sendJson,
} from '../../test/agent/replay-engine.ts'
import { EventCursor } from './event-cursor.ts'

const web = readRecording('web')
const sick = readRecording('sick')
const nowNanos = BigInt(Date.now()) * 1_000_000n + 1_000_000_000_000n

describe('followEngine()', { timeout: 60_000, concurrency: true }, () => {
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

  for (const [wanted, furtherActions, told] of [
    ['leaves a thousand', [], 0],
    ['takes every one of a thousand', ['exec_create', 'exec_start', 'exec_die'], 3000],
  ] as const) {
    test(`${wanted} probes of health checks ${told === 0 ? 'to the engine' : 'when asked to'}`, async () => {
      await using engine = await new ReplayEngine(web).start()
      await using following = follow(engine, { furtherActions })
      await following.told.hears('reachable')
      const probes = Array.from({ length: 1000 }, (_one, at) => [
        makeEvent(web.Id, 'exec_create: /bin/true', nowNanos + BigInt(at * 3)),
        makeEvent(web.Id, 'exec_start: /bin/true', nowNanos + BigInt(at * 3 + 1)),
        makeEvent(web.Id, 'exec_die', nowNanos + BigInt(at * 3 + 2)),
      ])
      engine.send(...probes.flat(), makeEvent(web.Id, 'update', nowNanos + 5000n))
      await following.told.hears('event update')
      await following.told.hears('changed')
      assert.equal(following.told.heard('event exec').length, told)
      assert.equal(engine.asked.filter((path) => path.includes(`/${web.Id}/`)).length, 2)
    })
  }

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

  test('goes on where another process has stopped to read', async () => {
    await using engine = await new ReplayEngine(web).start()
    engine.send(makeEvent(web.Id, 'start', nowNanos), makeEvent(web.Id, 'die', nowNanos + 1n))
    const cursor = EventCursor.goingOn({
      newestNanos: nowNanos,
      seenThen: [`${nowNanos} ${web.Id} start `],
    })
    await using following = follow(engine, { cursor })
    await following.told.hears('event')
    assert.deepEqual(following.told.heard('event'), [`event die ${nowNanos + 1n}`])
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
    await using following = follow(engine, { queryTimeoutMs: 300 })
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
    await using following = follow(engine, { queryTimeoutMs: 300 })
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
    const following = follow(engine, { queryTimeoutMs: 60_000 })
    await engine.questions('/version', 1)
    await within(1000, following.stop())
    assert.deepEqual(following.told.words, [])
  })

  test('stops at once while it inspects', async () => {
    await using engine = await new ReplayEngine(web, sick).start()
    engine.special.set(`/containers/${web.Id}/json`, () => {})
    const following = follow(engine, { queryTimeoutMs: 60_000 })
    await engine.questions(`/containers/${web.Id}`, 1)
    await within(1000, following.stop())
    assert.deepEqual(following.told.words, [])
  })

  test('replays a recorded hour: every event of a container is told in its order', async () => {
    await using engine = await new ReplayEngine(web, sick).start()
    await using following = follow(engine, {
      furtherActions: ['exec_create', 'exec_start', 'exec_die'],
    })
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
