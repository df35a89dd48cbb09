import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Collected } from '../../../test/agent/collected.ts'
import { dogstatsdDefaults } from '../../../test/agent/dogstatsd-settings.ts'
import { makeEnvironment, makeSourceContext } from '../../../test/agent/environment.ts'
import type { SourceContext } from '../../component/source.ts'
import { Counters } from './counters.ts'
import { DogstatsdParts } from './dogstatsd-parts.ts'
import type { ReceiverState } from './receive/receiver.ts'
import type { ClosedPart, FromWorker, ReceivedCheck, ToWorker } from './worker-messages.ts'

const startMs = 1_795_000_000_000
const second = 1000

const receiver: ReceiverState = {
  way: 'recvmmsg',
  reason: '',
  isAwake: true,
  sockets: [],
  warnings: [],
}

/** The source without its receiver: the test says what the worker tells. */
class Stage {
  readonly counters = new Counters()
  readonly collected = new Collected()
  readonly told: ToWorker[] = []
  readonly context: SourceContext
  readonly parts: DogstatsdParts
  nowMs = startMs

  constructor() {
    const rules = { ...dogstatsdDefaults.rules, tags: ['team:core'], blocklist: ['h.avg'] }
    this.context = makeSourceContext({
      clock: () => this.nowMs,
      emit: this.collected.emit,
      environment: makeEnvironment({ dogstatsd: { ...dogstatsdDefaults, rules } }),
    })
    this.parts = new DogstatsdParts(this.context, this.counters, (message) =>
      this.told.push(message),
    )
  }

  take(...reports: readonly FromWorker[]): void {
    for (const report of reports) this.parts.take(report)
  }

  async pass(): Promise<void> {
    this.nowMs += second
    await this.parts.pass(this.nowMs, receiver)
  }

  async publish(id: string, ...tags: readonly string[]): Promise<void> {
    this.context.tagger.publish({ id, tags: { low: tags, orchestrator: tags, high: tags } })
    await nextTurn()
  }

  /** What clients sent, in short. */
  points(): readonly string[] {
    return this.collected.all('point').flatMap(({ series, value }) => {
      const { metric, tags } = series
      return metric.startsWith('vigie.') ? [] : [`${metric} ${value} [${tags.join(' ')}]`]
    })
  }
}

function closed(contextId: number, ...values: readonly number[]): ClosedPart {
  return {
    kind: 'closed',
    startS: startMs / 1000,
    isLast: true,
    contextIds: Int32Array.of(contextId),
    values: Float64Array.from(values),
    sketches: {
      contextIds: new Int32Array(),
      summaries: new Float64Array(),
      ends: new Int32Array(),
      keys: new Int16Array(),
      counts: new Uint32Array(),
    },
  }
}

function context(id: number, name: string, originId = 0): FromWorker {
  return { kind: 'contexts', contexts: [{ id, type: 'count', name, tags: ['a:1'], originId }] }
}

function checkFrom(originId: number): ReceivedCheck {
  return {
    kind: 'check',
    originId,
    timeMs: startMs,
    name: 'app.up',
    status: 0,
    message: '',
    tags: [],
  }
}

const fromX: FromWorker = { kind: 'origins', origins: [{ id: 7, localData: 'x' }] }
const none = new Int32Array()

describe('DogstatsdParts', () => {
  test('tells the worker and the pipeline of tags that become known late', async () => {
    const stage = new Stage()
    stage.take(fromX, context(0, 'm', 7), closed(0, 10))
    await stage.pass()
    assert.deepEqual(stage.points(), [])
    await stage.publish('x', 'service:web')
    await stage.pass()
    assert.deepEqual(stage.points(), ['m 1 [a:1 service:web team:core]'])
    const told = stage.told.map((message) => {
      assert.ok(message.kind === 'tag-sets')
      return [...message.originIds, ...message.tagSetIds]
    })
    assert.deepEqual(told, [
      [7, 1],
      [7, 2],
    ])
  })

  test('hands on at once what comes from where the tags are known', async () => {
    const stage = new Stage()
    await stage.publish('x', 'service:web')
    stage.take(fromX, context(0, 'm', 7), closed(0, 10))
    await nextTurn()
    assert.deepEqual(stage.points(), ['m 1 [a:1 service:web team:core]'])
  })

  test('refuses names of the blocklist that only histograms have', async () => {
    const stage = new Stage()
    const histogram = { id: 0, type: 'histogram', name: 'h', tags: [], originId: 0 } as const
    stage.take({ kind: 'contexts', contexts: [histogram] }, closed(0, 1, 2, 3, 4, 5))
    await stage.pass()
    assert.deepEqual(stage.points(), [
      'h.max 1 [team:core]',
      'h.median 2 [team:core]',
      'h.count 0.4 [team:core]',
      'h.95percentile 5 [team:core]',
    ])
  })

  test('gives an event that waits its tags before its origin is forgotten', async () => {
    const stage = new Stage()
    stage.take(fromX, { kind: 'happenings', happenings: [checkFrom(7)] })
    await stage.pass()
    assert.equal(stage.collected.all('service-check').length, 0)
    stage.take(
      { kind: 'forgotten', contextIds: none, originIds: Int32Array.of(7) },
      { kind: 'origins', origins: [{ id: 7, localData: 'y' }] },
    )
    await stage.publish('y', 'service:other')
    await stage.pass()
    assert.deepEqual(
      stage.collected.all('service-check').map(({ tags }) => tags),
      [['team:core']],
    )
  })

  for (const kind of ['stopped', 'failed', 'ready'] as const) {
    test(`takes nothing over from the worker before once one is "${kind}"`, async () => {
      const stage = new Stage()
      await stage.publish('x', 'service:web')
      stage.take(fromX, context(0, 'old', 7), { kind: 'happenings', happenings: [checkFrom(7)] })
      stage.take(kind === 'failed' ? { kind, message: 'broken' } : { kind })
      assert.equal(stage.parts.contexts.count, 0)
      stage.take({ kind: 'origins', origins: [{ id: 7, localData: 'gone', cardinality: 'none' }] })
      stage.take(context(0, 'new', 7), closed(0, 10))
      await stage.pass()
      assert.deepEqual(stage.points(), ['new 1 [a:1 team:core]'])
    })
  }

  test('tells the telemetry what was lost, once, and how it does', async () => {
    const stage = new Stage()
    stage.counters.add('dropped.contexts_full', 5)
    stage.take({ kind: 'offenders', offenders: [{ name: 'bad', contexts: 9, dropped: 5 }] })
    await stage.pass()
    await stage.pass()
    const { dropped, sources } = stage.context.telemetry.snapshot()
    assert.deepEqual(dropped, { 'dogstatsd.contexts_full': 5 })
    assert.equal(sources[0]?.name, 'dogstatsd')
    assert.equal(sources[0].state, 'degraded')
    assert.match(sources[0].message, /most contexts: bad \(9, 5 samples dropped\)$/)
  })

  test('is degraded between the failure of a worker and the start of the next', async () => {
    const stage = new Stage()
    const told = (): readonly string[] =>
      stage.context.telemetry.snapshot().sources.map(({ state, message }) => `${state} ${message}`)
    stage.take({ kind: 'failed', message: 'out of memory' })
    await stage.pass()
    assert.match(told()[0] ?? '', /^degraded .*: out of memory; it starts again by itself$/)
    stage.take({ kind: 'ready' })
    await stage.pass()
    assert.deepEqual(told(), ['running '])
  })

  test('tells its own metrics every ten seconds', async () => {
    const stage = new Stage()
    for (let passes = 0; passes < 21; passes += 1) await stage.pass()
    const times = stage.collected.points('vigie.dogstatsd.contexts').map(({ timeMs }) => timeMs)
    assert.deepEqual(times, [startMs + 1000, startMs + 11_000, startMs + 21_000])
  })

  test('hands on what waits when it is closed', async () => {
    const stage = new Stage()
    stage.take(fromX, context(0, 'm', 7), closed(0, 10))
    await stage.parts.close()
    assert.deepEqual(stage.points(), ['m 1 [a:1 team:core]'])
  })
})
