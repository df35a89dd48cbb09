import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { makeSketch } from '../../../test/agent/sketches.ts'
import { openEmbeddedEngine } from '../embedded/embedded-engine.ts'
import type { StoreEngine } from '../engine.ts'
import { LogNews } from '../log-news.ts'
import { migrate } from '../migrate.ts'
import { defaultRetention } from '../retention.ts'
import { storedSeries } from '../series-registry.ts'
import type { StoreBatch, StoredSeries } from '../store.ts'
import { BatchWriter } from '../writer.ts'
import { LateMarks } from './late-marks.ts'
import { pointTiers } from './point-tiers.ts'
import { Roller } from './roller.ts'
import { TierBook } from './tier-book.ts'

const startMs = Date.UTC(2026, 0, 1, 10)
const minuteMs = 60_000
const hourMs = 3_600_000
const retention = { ...defaultRetention, points1sMs: 48 * hourMs }
const [first, second, third] = ['a', 'b', 'c'].map((tag) =>
  storedSeries({ metric: `m.${tag}`, kind: 'gauge', host: 'h', tags: [tag], intervalS: 1 }),
)

type Upkeep = Pick<StoreEngine['upkeep'], 'query' | 'command'>

/** A writer and a roller that know nothing of any before them, as after a start. */
interface Server {
  readonly book: TierBook
  readonly writer: BatchWriter
  readonly roller: Roller
}

describe('Roller', () => {
  let storeDir: string
  let engine: StoreEngine
  let nowMs = startMs

  before(async () => {
    storeDir = await mkdtemp(join(tmpdir(), 'vigie-roller-'))
    engine = await openEmbeddedEngine({ storeDir, maxMemoryBytes: 512 * 1024 * 1024 })
    await migrate(engine.write)
  })

  afterEach(async () => {
    for (const table of [
      ...pointTiers.map((tier) => tier.table),
      'rollup_marks',
      'rollup_progress',
    ]) {
      await engine.write.command({ query: `TRUNCATE TABLE vigie.${table}` })
    }
    nowMs = startMs
  })

  after(async () => {
    await engine.close()
    await rm(storeDir, { recursive: true, force: true })
  })

  const openServer = async (upkeep: Upkeep = engine.upkeep): Promise<Server> => {
    const clock = (): number => nowMs
    const book = new TierBook({ client: engine.upkeep, retention, clock })
    const late = new LateMarks()
    const writer = new BatchWriter({
      insertColumns: engine.insertColumns,
      queueBytes: 1e8,
      keptFromMs: (table) => book.keptFromMs(table),
      late,
      logNews: new LogNews(0),
      restMs: 0,
      clock,
    })
    const settled = (): Promise<void> => writer.settled()
    const { signal } = new AbortController()
    const roller = new Roller({ engine: { upkeep }, book, late, settled, clock, signal })
    await roller.open()
    return { book, writer, roller }
  }

  const ask = async (query: string): Promise<readonly unknown[]> =>
    (await engine.read.query({ query, format: 'JSONCompactEachRow' })).json()

  test('makes a row of each closed interval, and of none that is open', async () => {
    const { book, writer, roller } = await openServer()
    await writer.write(pointsOf(first, startMs, [1, 5, 3], 5000))
    await writer.write(pointsOf(first, startMs + minuteMs, [7], 1000))
    nowMs = startMs + 150_000
    await roller.pass()
    assert.deepEqual(
      await ask(`SELECT toUnixTimestamp(time) * 1000 - ${startMs}, min, max, sum, last, count
        FROM vigie.points_10s ORDER BY time`),
      [
        ['0', 1, 5, 6, 5, 2],
        ['10000', 3, 3, 3, 3, 1],
      ],
    )
    assert.deepEqual(await ask('SELECT min, max, sum, last, count FROM vigie.points_1m'), [
      [1, 5, 9, 3, 3],
    ])
    assert.deepEqual(await ask('SELECT count FROM vigie.points_1h'), [])
    assert.deepEqual(
      book.pointStates().map(({ completeToMs }) => completeToMs),
      [Infinity, startMs + minuteMs, startMs + minuteMs, startMs],
    )
  })

  test('counts a point that was sent again once, with its last value', async () => {
    const { writer, roller } = await openServer()
    for (const value of [1, 1, 4]) await writer.write(pointsOf(first, startMs, [value]))
    nowMs += 10 * minuteMs
    await roller.pass()
    assert.deepEqual(await ask('SELECT sum, last, count FROM vigie.points_1m'), [[4, 4, 1]])
  })

  test('adds up the bins of distributions, over ten minutes and over an hour', async () => {
    const { writer, roller } = await openServer()
    const sketches = [
      { ...makeSketch([1, 2]), series: third, timeMs: startMs },
      { ...makeSketch([2, 300]), series: third, timeMs: startMs + 10_000 },
    ].map((one) => ({ ...one, series: known(third) }))
    await writer.write({ sketches })
    nowMs = startMs + hourMs + 2 * minuteMs
    await roller.pass()
    const both = makeSketch([1, 2, 2, 300])
    const expected = [4, 1, 300, 305, Array.from(both.keys), Array.from(both.counts)]
    for (const table of ['sketches_10m', 'sketches_1h']) {
      const columns = `toUInt32(count), min, max, sum, keys, CAST(counts, 'Array(UInt32)')`
      assert.deepEqual(await ask(`SELECT ${columns} FROM vigie.${table}`), [expected])
    }
  })

  test('rolls an hour up again in which points came late, once they come no more', async () => {
    const { writer, roller } = await openServer()
    await writer.write(pointsOf(first, startMs, [1]))
    nowMs += hourMs + 2 * minuteMs
    await roller.pass()
    await writer.write(pointsOf(first, startMs + 1000, [2]))
    await writer.write(pointsOf(second, startMs + 1000, [8]))
    nowMs += minuteMs
    await roller.pass()
    assert.deepEqual([roller.lateHours, await sums('points_1h')], [1, [1]])
    nowMs += minuteMs
    await roller.pass()
    assert.deepEqual([roller.lateHours, await sums('points_1h')], [0, [3, 8]])
    assert.deepEqual(await sums('points_10s'), [3, 8])
    assert.deepEqual(await ask('SELECT * FROM vigie.rollup_marks'), [])
  })

  test('does not wait for the end of points that come late without end', async () => {
    const { writer, roller } = await openServer()
    nowMs += hourMs + 2 * minuteMs
    await roller.pass()
    for (let minute = 0; minute < 5; minute += 1) {
      await writer.write(pointsOf(first, startMs + minute * minuteMs, [1]))
      nowMs += minuteMs
      await roller.pass()
      const rolledMinutes = (await sums('points_1m')).length
      assert.ok(minute < 4 ? rolledMinutes === 0 : rolledMinutes >= 4, `${rolledMinutes} rolled`)
    }
  })

  const sums = async (table: string): Promise<readonly unknown[]> =>
    (await ask(`SELECT sum FROM vigie.${table} FINAL ORDER BY metric, id, time`)).flat()

  test('rolls up all that is there at its first start', async () => {
    const { writer } = await openServer()
    await writer.write(pointsOf(first, startMs - 3 * hourMs, [1, 2], hourMs))
    await engine.write.command({ query: 'TRUNCATE TABLE vigie.rollup_progress' })
    await engine.write.command({ query: 'TRUNCATE TABLE vigie.rollup_marks' })
    const { roller } = await openServer()
    await roller.pass()
    assert.deepEqual(await sums('points_1h'), [1, 2])
  })

  for (const seed of [1, 2]) {
    test(`has in each table what follows from the points, whatever happens (${seed})`, async () => {
      const random = seeded(seed)
      let server = await openServer()
      for (let round = 0; round < 6; round += 1) {
        await server.writer.write(randomBatch(random))
        nowMs += random(20) * minuteMs
        if (random(3) === 0) {
          await server.writer.close()
          server = await openServer(failing(engine.upkeep, random(8)))
        }
        // A pass that fails stands for a server that was killed between two statements.
        await server.roller.pass(random(4) === 0).catch(() => undefined)
      }
      await server.writer.close()
      nowMs += hourMs + 3 * minuteMs
      server = await openServer()
      await server.roller.pass(true)
      for (const { table, stepS } of pointTiers.slice(1)) {
        assert.deepEqual(await ask(differences(table, stepS)), [['0', '0', 1]], table)
      }
    })
  }

  /** Some points of now, some of up to two hours ago, in no order, some of them twice. */
  function randomBatch(random: (below: number) => number): StoreBatch {
    const count = 1 + random(400)
    const beginMs = nowMs - (random(2) === 0 ? 0 : random(5400) * 1000)
    const series = Array.from({ length: count }, () => known([first, second, third][random(3)]))
    const timesMs = Float64Array.from(series, () => beginMs - random(900) * 1000)
    // Sums of quarters are exact in any order.
    const values = Float64Array.from(series, () => (random(4000) - 2000) / 4)
    return { points: { series, timesMs, values } }
  }
})

/** Rows of the rollup that do not follow from the points, rows that it lacks, and whether it has any. */
function differences(table: string, stepS: number): string {
  const made = `SELECT metric, id, toUInt32(time) AS start, min, max, sum, last, count FROM vigie.${table} FINAL`
  const expected = `SELECT metric, id, toUInt32(intDiv(toUnixTimestamp(time), ${stepS}) * ${stepS}) AS start,
    min(value), max(value), sum(value), argMax(value, time), toUInt32(count())
    FROM vigie.points_1s FINAL GROUP BY metric, id, start`
  return `SELECT (SELECT count() FROM (${made} EXCEPT ${expected})),
    (SELECT count() FROM (${expected} EXCEPT ${made})), (SELECT count() > 0 FROM vigie.${table})`
}

function known(series: StoredSeries | undefined): StoredSeries {
  assert.ok(series)
  return series
}

function pointsOf(
  series: StoredSeries | undefined,
  fromMs: number,
  values: readonly number[],
  everyMs = 1000,
): StoreBatch {
  return {
    points: {
      series: values.map(() => known(series)),
      timesMs: Float64Array.from(values, (_value, index) => fromMs + index * everyMs),
      values: Float64Array.from(values),
    },
  }
}

/** The client, but for commands after the first few. */
function failing(client: StoreEngine['upkeep'], commands: number): Upkeep {
  let left = commands
  return {
    query: client.query.bind(client),
    command: (params) => {
      left -= 1
      return left < 0 ? Promise.reject(new Error('killed')) : client.command(params)
    },
  }
}

function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
