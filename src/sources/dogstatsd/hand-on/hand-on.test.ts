import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Collected } from '../../../../test/agent/collected.ts'
import { dogstatsdDefaults } from '../../../../test/agent/dogstatsd-settings.ts'
import type { DogstatsdSettings } from '../../../component/dogstatsd-settings.ts'
import { createTagger } from '../../../component/create-tagger.ts'
import type { Item } from '../../../model/item.ts'
import { OriginTable } from '../origin/origin-table.ts'
import type {
  ClosedPart,
  Context,
  ReceivedCheck,
  ReceivedEvent,
  SketchColumns,
} from '../worker-messages.ts'
import { HandOn } from './hand-on.ts'
import { KnownContexts } from './known-contexts.ts'
import { LateItems } from './late-items.ts'
import { Outbox } from './outbox.ts'
import { SeriesMaker } from './series-maker.ts'

const startS = 1_795_000_000
const timeMs = startS * 1000
const noSketches: SketchColumns = {
  contextIds: new Int32Array(),
  summaries: new Float64Array(),
  ends: new Int32Array(),
  keys: new Int16Array(),
  counts: new Uint32Array(),
}

interface Options {
  readonly tags?: readonly string[]
  readonly histogram?: Partial<DogstatsdSettings['histogram']>
  readonly blocked?: readonly string[]
}

class Stage {
  readonly contexts = new KnownContexts()
  readonly collected = new Collected()
  readonly tagger = createTagger(() => this.nowMs)
  readonly origins: OriginTable
  readonly late: LateItems
  readonly handOn: HandOn
  readonly #outbox: Outbox
  nowMs = timeMs

  constructor({ tags = [], histogram = {}, blocked = [] }: Options = {}) {
    const { rules, histogram: usual, origin } = dogstatsdDefaults
    this.origins = new OriginTable({
      tagger: this.tagger,
      settings: origin,
      clock: () => this.nowMs,
    })
    this.late = new LateItems(this.origins)
    this.#outbox = new Outbox({
      emit: this.collected.emit,
      maxWaiting: 1000,
      onDropped: () => assert.fail('there is room'),
    })
    const maker = new SeriesMaker({
      hostname: 'box-1',
      settings: { rules: { ...rules, tags }, histogram: { ...usual, ...histogram } },
      metricRules: { isWanted: (name) => !blocked.includes(name) },
      origins: this.origins,
    })
    this.handOn = new HandOn({
      contexts: this.contexts,
      maker,
      late: this.late,
      outbox: this.#outbox,
    })
  }

  add(...contexts: readonly Partial<Context>[]): void {
    const usual = { id: 0, type: 'gauge', name: 'm', tags: [], originId: 0 } as const
    this.contexts.add(contexts.map((change) => ({ ...usual, ...change })))
  }

  closed(
    contextIds: readonly number[],
    values: readonly number[],
    change: Partial<ClosedPart> = {},
  ): void {
    this.handOn.closed({
      kind: 'closed',
      startS,
      isLast: true,
      contextIds: Int32Array.from(contextIds),
      values: Float64Array.from(values),
      sketches: noSketches,
      ...change,
    })
  }

  async publish(id: string, ...low: readonly string[]): Promise<void> {
    this.tagger.publish({ id, tags: { low, orchestrator: low, high: low } })
    await nextTurn()
    this.origins.refresh()
  }

  async items(): Promise<readonly Item[]> {
    for (const item of this.late.take()) this.#outbox.add(item)
    await this.#outbox.flush()
    return this.collected.batches.flat()
  }

  /** Each point in short: `name kind host value [tags]`. */
  async points(): Promise<readonly string[]> {
    const items = await this.items()
    return items.flatMap((item) => {
      if (item.kind !== 'point') return []
      const { metric, kind, host, tags, intervalS } = item.series
      assert.equal(intervalS, 10)
      return [`${metric} ${kind} ${host} ${item.value} [${tags.join(' ')}]`]
    })
  }
}

const event: ReceivedEvent = {
  kind: 'event',
  originId: 0,
  timeMs: timeMs + 7,
  title: 'Deployed',
  text: 'a\nb',
  alertType: 'warning',
  priority: 'low',
  aggregationKey: 'deploys',
  sourceType: '',
  tags: ['a:1'],
}
const check: ReceivedCheck = {
  kind: 'check',
  originId: 0,
  timeMs: timeMs + 8,
  name: 'app.up',
  status: 2,
  message: 'no answer',
  tags: ['a:1'],
}

describe('HandOn', () => {
  test('tells a count as its rate, all else but histograms as it is', async () => {
    const stage = new Stage()
    stage.add(
      { id: 0, type: 'count', name: 'requests', tags: ['a:1'] },
      { id: 1, type: 'gauge', name: 'size' },
      { id: 2, type: 'set', name: 'users' },
    )
    stage.closed([2, 0, 1], [17, 35, -2.5])
    assert.deepEqual(await stage.points(), [
      'users gauge box-1 17 []',
      'requests rate box-1 3.5 [a:1]',
      'size gauge box-1 -2.5 []',
    ])
    const items = await stage.items()
    assert.ok(items.every((item) => item.kind === 'point' && item.timeMs === timeMs))
  })

  test('tells a count of nothing as 0', async () => {
    const stage = new Stage()
    stage.add({ type: 'count' })
    stage.closed([0], [0])
    assert.deepEqual(await stage.points(), ['m rate box-1 0 []'])
  })

  test('tells a histogram by its aggregates and percentiles, its count as a rate', async () => {
    const stage = new Stage({
      histogram: {
        aggregates: ['max', 'median', 'avg', 'count', 'min', 'sum'],
        percentiles: [0.95, 0.999, 0.29],
      },
    })
    stage.add({ id: 0, type: 'histogram', name: 'took' }, { id: 1, name: 'size' })
    stage.closed([1, 0, 1], [1, 9, 5, 4, 20, 2, 80, 8.5, 8.9, 3, 1])
    assert.deepEqual(await stage.points(), [
      'size gauge box-1 1 []',
      'took.max gauge box-1 9 []',
      'took.median gauge box-1 5 []',
      'took.avg gauge box-1 4 []',
      'took.count rate box-1 2 []',
      'took.min gauge box-1 2 []',
      'took.sum gauge box-1 80 []',
      'took.95percentile gauge box-1 8.5 []',
      'took.100percentile gauge box-1 8.9 []',
      'took.29percentile gauge box-1 3 []',
      'size gauge box-1 1 []',
    ])
  })

  test('leaves out names that the configuration refuses', async () => {
    const stage = new Stage({
      histogram: { aggregates: ['max', 'avg'], percentiles: [0.95] },
      blocked: ['took.avg', 'took.95percentile'],
    })
    stage.add({ type: 'histogram', name: 'took' })
    stage.closed([0], [9, 5, 8])
    assert.deepEqual(await stage.points(), ['took.max gauge box-1 9 []'])
  })

  test('takes the host that the client told, also none', async () => {
    const stage = new Stage()
    stage.add({ id: 0, host: 'db-1' }, { id: 1, host: '' })
    stage.closed([0, 1], [1, 2])
    assert.deepEqual(await stage.points(), ['m gauge db-1 1 []', 'm gauge  2 []'])
  })

  test('puts the tags of the container and those of the configuration on, each once', async () => {
    const stage = new Stage({ tags: ['team:core', 'a:1'] })
    await stage.publish('x', 'service:web', 'a:1')
    stage.origins.add([{ id: 7, localData: 'x' }])
    stage.add({ id: 0, tags: ['a:1', 'b:2'], originId: 7 }, { id: 1 })
    stage.closed([0, 1], [1, 2])
    assert.deepEqual(await stage.points(), [
      'm gauge box-1 1 [a:1 b:2 service:web team:core]',
      'm gauge box-1 2 [team:core a:1]',
    ])
  })

  test('makes a series once, and anew when the tags of the container change', async () => {
    const stage = new Stage()
    await stage.publish('x', 'image_name:sha256')
    stage.origins.add([{ id: 7, localData: 'x' }])
    stage.add({ id: 0, originId: 7 }, { id: 1, type: 'histogram', originId: 7 })
    const tell = (): void => stage.closed([0, 1], [1, 2, 3, 4, 5, 6])
    tell()
    tell()
    await stage.publish('x', 'image_name:web')
    tell()
    const series = (await stage.items()).flatMap((item) =>
      item.kind === 'point' ? [item.series] : [],
    )
    assert.deepEqual(series.slice(0, 6), series.slice(6, 12))
    for (const [at, one] of series.slice(0, 6).entries()) assert.equal(one, series[at + 6])
    for (const one of series.slice(12)) assert.deepEqual(one.tags, ['image_name:web'])
  })

  test('does not mistake a context for one that had its id before', async () => {
    const stage = new Stage()
    stage.add({ id: 3, name: 'old' })
    stage.closed([3], [1])
    stage.contexts.forget([3])
    stage.add({ id: 3, name: 'new' })
    stage.closed([3], [2])
    assert.deepEqual(await stage.points(), ['old gauge box-1 1 []', 'new gauge box-1 2 []'])
  })

  test('tells distributions as sketches', async () => {
    const stage = new Stage({ tags: ['team:core'] })
    stage.add(
      { id: 4, type: 'distribution', name: 'd1' },
      { id: 5, type: 'distribution', name: 'd2' },
    )
    stage.closed([], [], {
      sketches: {
        contextIds: Int32Array.of(5, 4),
        summaries: Float64Array.of(3, 1, 4, 7.5, 2, -1, 0, -1),
        ends: Int32Array.of(2, 4),
        keys: Int16Array.of(1338, 1427, -1338, 0),
        counts: Uint32Array.of(1, 2, 1, 1),
      },
    })
    const [first, second] = await stage.items()
    assert.ok(first?.kind === 'sketch' && second?.kind === 'sketch')
    const { series, keys, counts, ...summary } = first
    const { metric, host, tags, intervalS } = series
    assert.deepEqual([metric, host, tags, intervalS], ['d2', 'box-1', ['team:core'], 10])
    assert.deepEqual([...Array.from(keys), ...Array.from(counts)], [1338, 1427, 1, 2])
    assert.deepEqual(summary, {
      kind: 'sketch',
      timeMs,
      count: 3,
      min: 1,
      max: 4,
      sum: 7.5,
      avg: 2.5,
    })
    assert.equal(second.series.metric, 'd1')
    assert.deepEqual([...Array.from(second.keys), ...Array.from(second.counts)], [-1338, 0, 1, 1])
    assert.equal(second.avg, -0.5)
  })

  test('tells samples with a time of their own at that time, a count as a rate', async () => {
    const stage = new Stage()
    stage.add({ id: 0, type: 'count', name: 'c' }, { id: 1, type: 'gauge', name: 'g' })
    stage.handOn.timed({
      kind: 'timed',
      contextIds: Int32Array.of(1, 0, 0),
      timesS: Float64Array.of(startS - 600, startS, startS),
      values: Float64Array.of(5, 5, 5),
    })
    const told = (await stage.items()).map((item) => {
      assert.ok(item.kind === 'point')
      return [item.series.metric, item.series.kind, item.value, item.timeMs / 1000]
    })
    assert.deepEqual(told, [
      ['g', 'gauge', 5, startS - 600],
      ['c', 'rate', 0.5, startS],
      ['c', 'rate', 0.5, startS],
    ])
  })

  test('hands on events and service checks', async () => {
    const stage = new Stage({ tags: ['team:core'] })
    await stage.publish('x', 'service:web')
    stage.origins.add([{ id: 7, localData: 'x' }])
    stage.handOn.happenings([
      { ...event, originId: 7 },
      { ...event, sourceType: 'ci', host: 'db-1', tags: [] },
      check,
      { ...check, host: '' },
    ])
    const { originId: _event, sourceType: _source, ...restOfEvent } = event
    const { originId: _check, ...restOfCheck } = check
    const wholeCheck = { ...restOfCheck, kind: 'service-check', tags: ['a:1', 'team:core'] }
    assert.deepEqual(await stage.items(), [
      { ...restOfEvent, source: 'api', host: 'box-1', tags: ['a:1', 'service:web', 'team:core'] },
      { ...restOfEvent, source: 'ci', host: 'db-1', tags: ['team:core'] },
      { ...wholeCheck, host: 'box-1' },
      { ...wholeCheck, host: '' },
    ])
  })

  test('waits some seconds for the tags of a container that has just started', async () => {
    const stage = new Stage()
    stage.origins.add([{ id: 7, localData: 'x' }])
    stage.add(
      { id: 0, type: 'count', name: 'c', originId: 7 },
      { id: 1, type: 'histogram', name: 'h', originId: 7 },
      { id: 2, type: 'distribution', name: 'd', originId: 7 },
      { id: 3, name: 'other' },
    )
    stage.closed([0, 1, 3], [10, 1, 2, 3, 4, 5, 1], {
      sketches: {
        contextIds: Int32Array.of(2),
        summaries: Float64Array.of(1, 1, 1, 1),
        ends: Int32Array.of(1),
        keys: Int16Array.of(1338),
        counts: Uint32Array.of(1),
      },
    })
    stage.handOn.happenings([{ ...check, originId: 7 }])
    assert.deepEqual(await stage.points(), ['other gauge box-1 1 []'])
    await stage.publish('x', 'service:web')
    const late = (await stage.items()).slice(1)
    assert.equal(late.length, 8)
    for (const item of late) {
      const tags = 'series' in item ? item.series.tags : 'tags' in item ? item.tags : []
      assert.ok(tags.includes('service:web'), item.kind)
    }
    assert.equal((await stage.points())[1], 'c rate box-1 1 [service:web]')
  })

  test('hands on without tags what nobody knows the container of', async () => {
    const stage = new Stage()
    stage.origins.add([{ id: 7, localData: 'gone' }])
    stage.add({ originId: 7 })
    stage.closed([0], [1])
    stage.nowMs += 3000
    stage.origins.refresh()
    assert.deepEqual(await stage.points(), ['m gauge box-1 1 []'])
    stage.closed([0], [2])
    assert.equal((await stage.points()).length, 2, 'nothing waits a second time')
  })

  test('hands on what waits for an origin before that is forgotten', async () => {
    const stage = new Stage()
    stage.origins.add([
      { id: 7, localData: 'gone' },
      { id: 8, localData: 'gone too' },
    ])
    stage.handOn.happenings([
      { ...check, originId: 7 },
      { ...check, originId: 8 },
    ])
    assert.equal(stage.late.takeOf(new Set([8])).length, 1)
    assert.equal(stage.late.count, 1)
  })

  test('gathers the parts of an interval', async () => {
    const stage = new Stage()
    stage.add({ id: 0 })
    stage.closed([0], [1], { isLast: false })
    assert.equal(stage.collected.batches.length, 0)
    stage.closed([0], [2])
    await stage.items()
    assert.deepEqual(
      stage.collected.batches.map((batch) => batch.length),
      [2],
    )
  })
})
