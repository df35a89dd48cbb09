import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { makeSketch } from '../../test/agent/sketches.ts'
import type { Event } from '../model/event.ts'
import type { ColumnInsert } from './engine.ts'
import { LogNews } from './log-news.ts'
import { LateMarks } from './rollups/late-marks.ts'
import { storedSeries } from './series-registry.ts'
import { StoreClosedError, StoreWriteError } from './store-errors.ts'
import { StoreBusyError, type StoreBatch } from './store.ts'
import { BatchWriter } from './writer.ts'

const nowMs = Date.UTC(2026, 0, 1)
const logNews = new LogNews(0)
const series = storedSeries({ metric: 'm', kind: 'gauge', host: 'h', tags: [], intervalS: 1 })

function pointAt(timeMs: number, value = 1): StoreBatch {
  return {
    points: {
      series: [series],
      timesMs: Float64Array.of(timeMs),
      values: Float64Array.of(value),
    },
  }
}

function eventOf(title: string): StoreBatch {
  const event: Event = {
    kind: 'event',
    title,
    text: '',
    timeMs: nowMs,
    alertType: 'info',
    priority: 'normal',
    aggregationKey: '',
    source: 'test',
    host: 'h',
    tags: [],
  }
  return { events: [event] }
}

/** An engine that writes down what it is given, held back or refusing as told. */
class RecordingEngine {
  readonly inserts: ColumnInsert[] = []
  hold: Promise<void> = Promise.resolve()
  refuses: (insert: ColumnInsert) => boolean = () => false
  refusal = 'Code: 999. DB::Exception: no'

  readonly insertColumns = async (insert: ColumnInsert): Promise<void> => {
    await this.hold
    if (this.refuses(insert)) throw new Error(this.refusal)
    // As a real engine, it has read everything by now: the memory may be given back.
    const { free: _free, ...rest } = insert
    this.inserts.push(structuredClone(rest))
  }

  /** Table and rows of each insert. */
  get written(): readonly string[] {
    return this.inserts.map(({ table, columns }) => `${table} ${columns[0]?.data.length}`)
  }
}

function titles(insert: ColumnInsert): readonly unknown[] {
  return [...(insert.columns.find(({ name }) => name === 'title')?.data ?? [])]
}

function open(engine: RecordingEngine, queueBytes = 1_000_000): BatchWriter {
  const { insertColumns } = engine
  return new BatchWriter({
    insertColumns,
    queueBytes,
    keptFromMs: (table) => nowMs - (table === 'sketches' ? 7_200_000 : 3_600_000),
    late: new LateMarks(),
    logNews,
    restMs: 0,
    clock: () => nowMs,
  })
}

describe('BatchWriter', () => {
  test('writes a series before its first point, and only once', async () => {
    const engine = new RecordingEngine()
    const writer = open(engine)
    await writer.write(pointAt(nowMs))
    await writer.write(pointAt(nowMs + 1000))
    const expected = ['vigie.series 1', 'vigie.points_1s 1', 'vigie.points_1s 1']
    assert.deepEqual(engine.written, expected)
  })

  test('writes all that waits as one insert for each table', async () => {
    const engine = new RecordingEngine()
    const hold = Promise.withResolvers<void>()
    engine.hold = hold.promise
    const writer = open(engine)
    const batches = [
      pointAt(nowMs),
      pointAt(nowMs + 1),
      eventOf('a'),
      pointAt(nowMs + 2),
      eventOf('b'),
    ]
    const written = batches.map((batch) => writer.write(batch))
    hold.resolve()
    await Promise.all(written)
    assert.deepEqual(engine.written, [
      'vigie.series 1',
      'vigie.points_1s 1',
      'vigie.points_1s 2',
      'vigie.event_log 2',
    ])
  })

  test('resolves only once the engine has the rows', async () => {
    const engine = new RecordingEngine()
    const hold = Promise.withResolvers<void>()
    engine.hold = hold.promise
    let isWritten = false
    const written = open(engine)
      .write(eventOf('a'))
      .then(() => (isWritten = true))
    await new Promise(setImmediate)
    assert.equal(isWritten, false)
    hold.resolve()
    await written
    assert.equal(engine.inserts.length, 1)
  })

  test('tries a failed group again', async () => {
    const engine = new RecordingEngine()
    let failures = 2
    engine.refuses = () => (failures -= 1) >= 0
    const writer = open(engine)
    await writer.write(eventOf('a'))
    assert.deepEqual(engine.written, ['vigie.event_log 1'])
    assert.equal(writer.stats().failedInserts, 2)
  })

  test('lets one bad batch harm only itself', async () => {
    const engine = new RecordingEngine()
    engine.refuses = (insert) => titles(insert).includes('bad')
    const hold = Promise.withResolvers<void>()
    engine.hold = hold.promise
    const writer = open(engine)
    const [first, good, bad, last] = ['first', 'good', 'bad', 'last'].map((title) =>
      writer.write(eventOf(title)),
    )
    hold.resolve()
    await Promise.all([
      first,
      good,
      last,
      assert.rejects(bad ?? Promise.resolve(), (error) => error instanceof StoreWriteError),
    ])
    assert.deepEqual(engine.inserts.flatMap(titles), ['first', 'good', 'last'])
  })

  test('writes a series again when its insert had failed', async () => {
    const engine = new RecordingEngine()
    engine.refuses = ({ table }) => table === 'vigie.points_1s'
    const writer = open(engine)
    await assert.rejects(writer.write(pointAt(nowMs)), { code: 'STORE_WRITE_FAILED' })
    engine.inserts.length = 0
    engine.refuses = () => false
    await writer.write(pointAt(nowMs))
    assert.deepEqual(engine.written, ['vigie.series 1', 'vigie.points_1s 1'])
  })

  test('refuses what passes the bytes that may wait, and takes more later', async () => {
    const engine = new RecordingEngine()
    const hold = Promise.withResolvers<void>()
    engine.hold = hold.promise
    const writer = open(engine, 300)
    const first = writer.write(eventOf('a'))
    await assert.rejects(writer.write(eventOf('b')), (error) => error instanceof StoreBusyError)
    hold.resolve()
    await first
    assert.equal(writer.stats().waitingBytes, 0)
    await writer.write(eventOf('c'))
  })

  test('does not try again where the disk is full, and says so until there is room', async () => {
    const engine = new RecordingEngine()
    engine.refuses = () => true
    engine.refusal = 'Code: 243. DB::Exception: Cannot reserve 1.00 MiB (NOT_ENOUGH_SPACE)'
    const writer = open(engine)
    const written = ['a', 'b'].map((title) => writer.write(eventOf(title)))
    for (const one of written) {
      await assert.rejects(one, { message: 'Cannot write to the store: its disk is full' })
    }
    assert.deepEqual([writer.stats().failedInserts, writer.stats().isDiskFull], [2, true])
    engine.refuses = () => false
    await writer.write(eventOf('a'))
    assert.equal(writer.stats().isDiskFull, false)
  })

  test('takes a batch larger than the queue when nothing else waits', async () => {
    const engine = new RecordingEngine()
    await open(engine, 10).write(eventOf('a'))
    assert.equal(engine.inserts.length, 1)
  })

  test('leaves out points that could not be kept, and counts them', async () => {
    const engine = new RecordingEngine()
    const writer = open(engine)
    await writer.write(pointAt(nowMs - 3_600_001))
    await writer.write(pointAt(nowMs + 600_001))
    await writer.write(pointAt(nowMs, Number.NaN))
    assert.deepEqual(engine.written, [])
    assert.equal(writer.stats().droppedPoints, 3)
  })

  test('writes sketches behind their series, but for those that could not be kept', async () => {
    const engine = new RecordingEngine()
    const writer = open(engine)
    const sketch = { ...makeSketch([1, 2]), series, timeMs: nowMs }
    await writer.write({
      sketches: [
        sketch,
        { ...sketch, timeMs: nowMs - 7_200_000 },
        { ...sketch, timeMs: nowMs - 7_200_001 },
        { ...sketch, timeMs: nowMs + 600_001 },
        { ...sketch, sum: Infinity },
      ],
    })
    const expected = ['vigie.series 1', 'vigie.rollup_marks 1', 'vigie.sketches 2']
    assert.deepEqual(engine.written, expected)
    const { writtenPoints, droppedPoints } = writer.stats()
    assert.deepEqual([writtenPoints, droppedPoints], [2, 3])
  })

  test('counts the bins of what waits', async () => {
    const engine = new RecordingEngine()
    const hold = Promise.withResolvers<void>()
    engine.hold = hold.promise
    const writer = open(engine, 30_000)
    const values = Array.from({ length: 10_000 }, (_one, n) => n)
    const sketches = Array.from({ length: 5 }, () => ({
      ...makeSketch(values),
      series,
      timeMs: nowMs,
    }))
    const written = sketches.map((sketch) => writer.write({ sketches: [sketch] }))
    const answers = Promise.allSettled(written)
    hold.resolve()
    const refused = (await answers).filter(({ status }) => status === 'rejected')
    assert.ok(refused.length > 0 && refused.length < 5, `${refused.length} refused`)
  })

  test('writes what waits before it closes, and takes nothing more', async () => {
    const engine = new RecordingEngine()
    const writer = open(engine)
    const written = ['a', 'b', 'c'].map((title) => writer.write(eventOf(title)))
    await writer.close()
    await Promise.all(written)
    assert.deepEqual(engine.inserts.flatMap(titles), ['a', 'b', 'c'])
    await assert.rejects(writer.write(eventOf('d')), (error) => error instanceof StoreClosedError)
  })

  test('rests after a group that took long, so that many senders make few inserts', async () => {
    const engine = new RecordingEngine()
    const { insertColumns } = engine
    const writer = new BatchWriter({
      insertColumns,
      queueBytes: 1e6,
      keptFromMs: () => 0,
      late: new LateMarks(),
      logNews,
    })
    engine.hold = pause(20)
    await writer.write(eventOf('a'))
    const soonMs = performance.now()
    await Promise.all(['b', 'c'].map((title) => writer.write(eventOf(title))))
    assert.ok(performance.now() - soonMs > 40)
    assert.deepEqual(engine.written, ['vigie.event_log 1', 'vigie.event_log 2'])
  })

  test('does not keep a lone sender waiting', async () => {
    const { insertColumns } = new RecordingEngine()
    const writer = new BatchWriter({
      insertColumns,
      queueBytes: 1e6,
      keptFromMs: () => 0,
      late: new LateMarks(),
      logNews,
    })
    const startMs = performance.now()
    for (const title of ['a', 'b', 'c', 'd', 'e']) await writer.write(eventOf(title))
    assert.ok(performance.now() - startMs < 250)
  })
})
