import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { describe, test } from 'node:test'
import { follow } from '../../test/agent/following.ts'
import {
  makeEvent,
  readRecording,
  ReplayEngine,
  sendJson,
  type Recording,
} from '../../test/agent/replay-engine.ts'

const web = readRecording('web')
const sick = readRecording('sick')
const exited = { exitCode: '3' }

/** The recording `web` under another id. */
function withState(id: string, Status: string): Recording {
  return { ...web, Id: id, State: { ...web.State, Status } }
}

const nowNanos = BigInt(Date.now()) * 1_000_000n + 1_000_000_000_000n

describe(
  'ChangedContainers, followed through an engine',
  { timeout: 60_000, concurrency: true },
  () => {
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

    test('asks twice about each of 200 short containers, at once when it is created', async () => {
      await using engine = await new ReplayEngine().start()
      await using following = follow(engine)
      await following.told.hears('reachable')
      const ids = Array.from({ length: 200 }, (_one, at) => at.toString(16).padStart(64, '0'))
      const lines = (action: string, at: bigint): readonly string[] =>
        ids.map((id) => makeEvent(id, action, { timeNanos: nowNanos + at, attributes: exited }))
      for (const id of ids) engine.containers.set(id, withState(id, 'created'))
      engine.send(...lines('create', 1n))
      await following.told.hears('changed', 200)
      for (const id of ids) engine.containers.set(id, withState(id, 'running'))
      engine.send(...lines('start', 2n))
      await following.told.hears('changed web running', 200)
      engine.send(...lines('die', 3n))
      await following.told.hears('changed web exited', 200)
      const most = Math.max(
        ...ids.map((id) => engine.asked.filter((one) => one.includes(id)).length),
      )
      assert.equal(most, 2)
    })

    for (const [what, status, times] of [
      ['a running container that is connected to a network', 'running', 2],
      ['one that is connected because it starts', 'created', 1],
    ] as const) {
      test(`asks ${times === 1 ? 'not again ' : ''}about ${what}`, async () => {
        await using engine = await new ReplayEngine(withState(web.Id, status)).start()
        await using following = follow(engine)
        await following.told.hears('reachable')
        const attributes = { container: web.Id, name: 'backend' }
        engine.send(
          `{"Type":"network","Action":"connect","Actor":${JSON.stringify({ ID: 'n', Attributes: attributes })}}`,
          makeEvent('b'.repeat(64), 'create', nowNanos),
        )
        // Questions are asked in the order of the events: by then the other one would have been.
        await engine.questions(`/containers/${'b'.repeat(64)}`, 1)
        if (times > 1) await following.told.hears('changed')
        assert.equal(engine.asked.filter((one) => one.includes(web.Id)).length, times)
      })
    }

    test('tells the end of a container that is being asked for, once', async () => {
      await using engine = await new ReplayEngine(web).start()
      await using following = follow(engine)
      await following.told.hears('reachable')
      const asked = Promise.withResolvers<ServerResponse>()
      engine.special.set(`/containers/${web.Id}/json`, (response) => asked.resolve(response))
      engine.send(makeEvent(web.Id, 'start', nowNanos))
      const response = await asked.promise
      engine.send(makeEvent(web.Id, 'die', { timeNanos: nowNanos + 1n, attributes: exited }))
      await following.told.hears('event die')
      sendJson(response, web)
      await following.told.hears('changed')
      assert.deepEqual(following.told.heard('changed'), ['changed web exited'])
    })

    for (const [what, policy, lines] of [
      ['that may be restarted', 'always', ['die']],
      ['in which a process was killed for want of memory', 'no', ['oom', 'die']],
    ] as const) {
      test(`asks what became of a container ${what}`, async () => {
        const recording = { ...web, HostConfig: { RestartPolicy: { Name: policy } } }
        await using engine = await new ReplayEngine(recording).start()
        await using following = follow(engine)
        await following.told.hears('reachable')
        engine.containers.set(web.Id, { ...recording, State: { ...web.State, Status: 'dead' } })
        engine.send(
          ...lines.map((action, at) =>
            makeEvent(web.Id, action, { timeNanos: nowNanos + BigInt(at), attributes: exited }),
          ),
        )
        await following.told.hears('changed')
        assert.deepEqual(following.told.heard('changed'), ['changed web dead'])
      })
    }

    test('does not ask about a container that an event leaves as it was', async () => {
      await using engine = await new ReplayEngine(web).start()
      await using following = follow(engine)
      await following.told.hears('reachable')
      engine.send(makeEvent(web.Id, 'kill', nowNanos), makeEvent(web.Id, 'attach', nowNanos + 1n))
      engine.send(makeEvent(sick.Id, 'destroy', nowNanos + 2n))
      await following.told.hears('removed')
      assert.equal(engine.asked.filter((path) => path.includes(web.Id)).length, 1)
    })

    test('does not wait for a stuck inspect to tell that others changed', async () => {
      await using engine = await new ReplayEngine(web, sick).start()
      await using following = follow(engine, { queryTimeoutMs: 800 })
      await following.told.hears('reachable')
      engine.special.set(`/containers/${sick.Id}/json`, () => {})
      engine.send(makeEvent(sick.Id, 'start', nowNanos), makeEvent(web.Id, 'start', nowNanos))
      await following.told.hears('changed web')
      assert.deepEqual(following.told.heard('unreadable'), [])
      await following.told.hears('unreadable')
      assert.deepEqual(following.told.heard('unreachable'), [])
    })

    test('tells the end of a container that waits to be asked for, once', async () => {
      const busy = ['b', 'c', 'd'].map((id) => withState(id, 'running'))
      await using engine = await new ReplayEngine(web, ...busy).start()
      await using following = follow(engine)
      await following.told.hears('reachable')
      const stuck: (() => void)[] = []
      for (const one of busy) {
        engine.special.set(`/containers/${one.Id}/json`, (response) => {
          stuck.push(() => sendJson(response, { ...one, Name: '/busy' }))
        })
        engine.send(makeEvent(one.Id, 'update', nowNanos))
        await engine.questions(`/containers/${one.Id}/json`, 2)
      }
      engine.containers.set(web.Id, withState(web.Id, 'exited'))
      const die = { timeNanos: nowNanos + 1n, attributes: exited }
      engine.send(makeEvent(web.Id, 'start', nowNanos), makeEvent(web.Id, 'die', die))
      await following.told.hears('event die')
      assert.deepEqual(following.told.heard('changed'), [])
      for (const answer of stuck) answer()
      await following.told.hears('changed', 4)
      assert.deepEqual(following.told.heard('changed web'), ['changed web exited'])
    })

    test('masks secrets but those that are to become tags, whenever it asks', async () => {
      const Env = ['AUTH_MODE=open', 'AUTH_TOKEN=abc']
      const recording = { ...web, Config: { Env } }
      await using engine = await new ReplayEngine(recording).start()
      await using following = follow(engine, { publicNames: new Set(['auth_mode']) })
      await following.told.hears('reachable')
      engine.send(makeEvent(web.Id, 'update', nowNanos))
      await following.told.hears('changed')
      const told = following.told.containers.map(({ env }) => env)
      const expected = ['AUTH_MODE=open', 'AUTH_TOKEN=********']
      assert.deepEqual(told, [expected, expected])
    })

    test('calls what had a health check unhealthy once it has ended, as the engine does', async () => {
      await using engine = await new ReplayEngine(web).start()
      await using following = follow(engine)
      await following.told.hears('reachable')
      assert.equal(following.told.containers[0]?.health, 'healthy')
      engine.send(makeEvent(web.Id, 'die', { timeNanos: nowNanos, attributes: exited }))
      await following.told.hears('changed')
      const ended = following.told.containers.at(-1)
      assert.deepEqual([ended?.health, ended?.pid, ended?.exitCode], ['unhealthy', 0, 3])
      assert.equal(ended?.finishedAtMs, Number(nowNanos / 1_000_000n))
    })
  },
)
