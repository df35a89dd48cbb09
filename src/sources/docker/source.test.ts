import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { Collected } from '../../../test/agent/collected.ts'
import {
  makeEnvironment,
  makeSourceContext,
  makeTelemetry,
  within,
} from '../../../test/agent/environment.ts'
import { FakeHost } from '../../../test/agent/fake-host.ts'
import { makeEvent, readRecording, ReplayEngine } from '../../../test/agent/replay-engine.ts'
import { openRules } from '../../component/container-rules.ts'
import { createContainerBoard } from '../../component/create-container-board.ts'
import { createTagger } from '../../component/create-tagger.ts'
import type { SourceContext } from '../../component/source.ts'
import docker from './source.ts'

const web = readRecording('web')
const sick = readRecording('sick')
const nowNanos = BigInt(Date.now()) * 1_000_000n + 1_000_000_000_000n

interface Running extends AsyncDisposable {
  readonly collected: Collected
  readonly telemetry: SourceContext['telemetry']
  readonly stop: () => Promise<void>
}

/** Runs the source; its clock stands a moment before a full second, unless `clock` is given. */
function run(
  engine: ReplayEngine,
  host: FakeHost,
  change: Partial<SourceContext> = {},
): Running & { readonly running: Promise<void> } {
  const collected = new Collected()
  const telemetry = makeTelemetry()
  const stop = new AbortController()
  const aheadMs = 700 - (Date.now() % 1000)
  const running = docker.run(
    docker.config.parse({}),
    makeSourceContext({
      signal: stop.signal,
      clock: () => Date.now() + aheadMs,
      environment: makeEnvironment({
        dockerHost: engine.dockerHost,
        cgroupRoot: host.cgroupRoot,
        procRoot: host.procRoot,
      }),
      telemetry,
      emit: collected.emit,
      ...change,
    }),
  )
  const end = async (): Promise<void> => {
    stop.abort()
    await within(1000, running)
  }
  return { collected, telemetry, running, stop: end, [Symbol.asyncDispose]: end }
}

describe('the source docker', { timeout: 60_000, concurrency: true }, () => {
  test('tells figures, counts, health and inventory of its containers', async () => {
    using host = new FakeHost('v2')
    host.put(web.Id, web.State.Pid, { cpuMicros: 5, rss: 4096, limit: 8192 })
    await using engine = await new ReplayEngine(web, readRecording('failed')).start()
    await using source = run(engine, host)
    const { collected, telemetry } = source
    const { containers } = await collected.first('inventory', ({ isFull }) => isFull)
    assert.deepEqual(containers.map(({ name }) => name).toSorted(), ['failed', 'web'])
    const [inUse] = collected.points('docker.mem.in_use')
    assert.equal(inUse?.value, 0.5)
    assert.equal((inUse?.timeMs ?? 1) % 1000, 0)
    assert.equal(inUse?.series.host, 'box-1')
    assert.deepEqual(inUse?.series.tags, containers.find(({ name }) => name === 'web')?.tags)
    assert.equal(collected.points('docker.containers.running.total')[0]?.value, 1)
    assert.equal(collected.points('docker.containers.stopped.total')[0]?.value, 1)
    const [check] = collected.all('service-check')
    assert.deepEqual([check?.name, check?.status, check?.message], ['docker.service_up', 0, ''])
    assert.deepEqual(telemetry.snapshot().engine, {
      endpoint: engine.dockerHost,
      isReachable: true,
      message: '',
      version: '20.10.24',
    })
    assert.equal(telemetry.snapshot().sources[0]?.state, 'running')
  })

  test('lets other sources know the tags of its containers, of those that it leaves out too', async () => {
    using host = new FakeHost('v2')
    host.put(web.Id, web.State.Pid, { cpuMicros: 5 })
    await using engine = await new ReplayEngine(web, readRecording('failed')).start()
    const tagger = createTagger()
    const noFigures = { include: [], exclude: [{ field: 'name', pattern: /./ }] } as const
    await using source = run(engine, host, {
      tagger,
      environment: makeEnvironment({
        dockerHost: engine.dockerHost,
        cgroupRoot: host.cgroupRoot,
        procRoot: host.procRoot,
        containerRules: { ...openRules, all: noFigures },
      }),
    })
    const { containers } = await source.collected.first('inventory', ({ isFull }) => isFull)
    assert.deepEqual(containers, [])
    assert.ok(tagger.tagsOf(web.Id, 'high')?.includes('container_name:web'))
    const { ino } = statSync(join(host.cgroupRoot, 'docker', web.Id), { bigint: true })
    assert.equal(tagger.findByInode(String(ino)), web.Id)
    assert.equal(tagger.tagsOf(readRecording('failed').Id, 'low'), undefined, 'ended long ago')
  })

  test('puts its containers on the board, from their creation to their removal', async () => {
    using host = new FakeHost('v2')
    await using engine = await new ReplayEngine(web, readRecording('failed')).start()
    const board = createContainerBoard()
    await using source = run(engine, host, { board, clock: () => 500 })
    await source.collected.first('inventory')
    assert.deepEqual(
      [board.find(web.Id)?.state, board.find(readRecording('failed').Id)?.state],
      ['running', 'exited'],
    )
    assert.ok(board.find(web.Id)?.tags.includes('container_name:web'))
    const { promise: created, resolve } = Promise.withResolvers<string>()
    const { promise: gone, resolve: tellGone } = Promise.withResolvers<string>()
    board.follow({
      onPut: ({ id, state }) => {
        if (id === sick.Id) resolve(state)
      },
      onGone: tellGone,
    })
    const made = readRecording('sick')
    made.State = { Status: 'created', Pid: 0, StartedAt: '0001-01-01T00:00:00Z' }
    engine.containers.set(made.Id, made)
    engine.send(makeEvent(made.Id, 'create', nowNanos))
    assert.equal(await created, 'created')
    engine.containers.delete(made.Id)
    engine.send(makeEvent(made.Id, 'destroy', nowNanos + 1n))
    assert.equal(await gone, made.Id)
    await source.stop()
    assert.equal(board.find(web.Id)?.state, 'running', 'what is on the board outlasts the source')
  })

  test('tells a change at once, not at the next tick', async () => {
    using host = new FakeHost('v2')
    await using engine = await new ReplayEngine(web).start()
    await using source = run(engine, host, { clock: () => 500 })
    await source.collected.first('inventory')
    engine.containers.set(sick.Id, sick)
    engine.send(makeEvent(sick.Id, 'start', nowNanos))
    const told = await source.collected.first('inventory', ({ containers }) =>
      containers.some(({ name }) => name === 'sick'),
    )
    assert.equal(told.isFull, false)
    // What the engine is asked in rounds of its own is told before the first tick; containers are not.
    const metrics = source.collected.all('point').map(({ series }) => series.metric)
    assert.deepEqual(
      metrics.filter((name) => !name.startsWith('docker.images.')),
      [],
    )
  })

  test('tells what a container did, with its tags, although it is removed by then', async () => {
    using host = new FakeHost('v2')
    await using engine = await new ReplayEngine(web).start()
    const source = run(engine, host, { clock: () => 500 })
    await source.collected.first('inventory')
    engine.containers.delete(web.Id)
    engine.send(makeEvent(web.Id, 'kill', nowNanos), makeEvent(web.Id, 'destroy', nowNanos + 1n))
    await source.collected.first('inventory', ({ removedIds }) => removedIds.includes(web.Id))
    // What is not told yet is told when the source stops.
    await source.stop()
    const [event, ...others] = source.collected.all('event')
    assert.equal(event?.title, 'busybox 1 kill 1 destroy on box-1')
    assert.equal(event?.alertType, 'error')
    assert.ok(event?.tags.includes('container_name:web'))
    assert.deepEqual(others, [])
  })

  test('says which container has no cgroup, and how that is mended', async () => {
    using host = new FakeHost('v2')
    await using engine = await new ReplayEngine(web).start()
    await using source = run(engine, host)
    await source.collected.first('inventory', ({ isFull }) => isFull)
    while (source.telemetry.snapshot().sources[0]?.state !== 'degraded')
      await within(3000, source.collected.nextBatch())
    const [report] = source.telemetry.snapshot().sources
    assert.match(report?.message ?? '', /1 running container.*\(web\).*DD_CONTAINER_CGROUP_ROOT/)
  })

  test('says which container the engine cannot describe, and tells the others', async () => {
    using host = new FakeHost('v2')
    host.put(web.Id, web.State.Pid, { cpuMicros: 5, rss: 4096 })
    await using engine = await new ReplayEngine(web, sick).start()
    engine.special.set(`/containers/${sick.Id}/json`, (response) => response.writeHead(500).end())
    await using source = run(engine, host)
    await source.collected.first('point', ({ series }) => series.metric === 'docker.mem.rss')
    const [report] = source.telemetry.snapshot().sources
    assert.equal(report?.state, 'degraded')
    assert.match(report?.message ?? '', /76ad643c4a8b.* with 500/)
  })

  test('leaves nothing behind when it fails', async () => {
    using host = new FakeHost('v2')
    await using engine = await new ReplayEngine(web).start()
    const failing = run(engine, host, {
      emit: () => Promise.reject(new Error('no more room')),
    })
    await within(3000, assert.rejects(failing.running, /no more room/))
    await within(1000, engine.untilLeft())
  })

  test('says when there is no engine, counts nothing, and finds it when it comes', async () => {
    using host = new FakeHost('v2')
    await using engine = new ReplayEngine(web)
    await using source = run(engine, host)
    const { collected, telemetry } = source
    const check = await collected.first('service-check')
    assert.equal(check.status, 2)
    assert.match(
      check.message,
      /^No container engine at unix:.*; start the engine, or set DOCKER_HOST/,
    )
    assert.deepEqual(collected.points('docker.containers.running.total'), [])
    assert.equal(telemetry.snapshot().engine?.isReachable, false)
    assert.equal(telemetry.snapshot().sources[0]?.state, 'degraded')
    await engine.start()
    await collected.first('inventory')
    assert.equal(telemetry.snapshot().engine?.isReachable, true)
  })
})
