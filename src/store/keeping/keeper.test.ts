import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { openEmbeddedEngine } from '../embedded/embedded-engine.ts'
import type { StoreEngine } from '../engine.ts'
import { migrate } from '../migrate.ts'
import { defaultRetention } from '../retention.ts'
import { TierBook } from '../rollups/tier-book.ts'
import { Keeper } from './keeper.ts'

const hourMs = 3_600_000
const nowMs = Date.UTC(2026, 0, 2)
const clock = (): number => nowMs

describe('Keeper', () => {
  let storeDir: string
  let engine: StoreEngine
  let book: TierBook

  before(async () => {
    storeDir = await mkdtemp(join(tmpdir(), 'vigie-keeper-'))
    engine = await openEmbeddedEngine({ storeDir, maxMemoryBytes: 512 * 1024 * 1024 })
    await migrate(engine.write)
    for (const [table, column] of [
      ['points_1s', 'value'],
      ['points_10s', 'sum'],
    ]) {
      // A point in the middle of each of the 23 hours before the newest.
      await engine.write.command({
        query: `INSERT INTO vigie.${table} (metric, id, time, ${column})
          SELECT 'm', 1, toDateTime(${nowMs / 1000} - 3600 * (1.5 + number), 'UTC'), 0 FROM numbers(23)`,
      })
    }
    book = new TierBook({ client: engine.upkeep, retention: defaultRetention, clock })
  })

  after(async () => {
    await engine.close()
    await rm(storeDir, { recursive: true, force: true })
  })

  const look = async (maxBytes = 0): Promise<readonly string[]> => {
    const keeper = new Keeper({ engine, book, maxBytes, clock, settled: () => Promise.resolve() })
    const dropped = await keeper.look()
    const { kept } = await ask<{ kept: number }>(
      `SELECT toFloat64(sum(bytes_on_disk)) AS kept FROM system.parts WHERE database = 'vigie' AND active`,
    )
    assert.equal(keeper.bytesOnDisk, kept)
    return dropped.map(({ table }) => table)
  }

  const ask = async <Row>(query: string): Promise<Row> => {
    const answer = await engine.write.query({ query, format: 'JSONEachRow' })
    const [row] = await answer.json<Row>()
    assert.ok(row)
    return row
  }

  /** Hours with points. */
  const count = async (table: string): Promise<number> => {
    const { hours } = await ask<{ hours: number }>(
      `SELECT toUInt32(count()) AS hours FROM vigie.${table}`,
    )
    return hours
  }

  test('keeps what is old and not rolled up', async () => {
    await book.completeTo(nowMs - 20 * hourMs)
    await look()
    assert.equal(await count('points_1s'), 23)
  })

  test('drops whole partitions that are old and rolled up', async () => {
    await book.completeTo(nowMs - hourMs)
    await look()
    assert.deepEqual([await count('points_1s'), await count('points_10s')], [5, 23])
    assert.equal(book.droppedForSpace, undefined)
    assert.equal(book.pointStates()[0]?.keptFromMs, nowMs - 6 * hourMs)
  })

  test('does not drop what a late point came into', async () => {
    await engine.write.command({
      query: `INSERT INTO vigie.rollup_marks SELECT toDateTime(${nowMs / 1000 - 7200}, 'UTC'), 0, 'm', 1`,
    })
    assert.deepEqual(await look(1), [])
    await engine.write.command({ query: 'TRUNCATE TABLE vigie.rollup_marks' })
  })

  test('drops the oldest where there is too much, and says so', async () => {
    assert.deepEqual(await look(1_000_000_000), [])
    assert.deepEqual(await look(1), ['points_1s', 'points_10s'])
    assert.deepEqual([await count('points_1s'), await count('points_10s')], [0, 0])
    const untilMs = nowMs - 1.5 * hourMs + 1000
    assert.equal(book.droppedForSpace?.untilMs, untilMs)
    assert.ok(book.droppedForSpace.bytes > 0)
    assert.equal(book.keptFromMs('points_1s'), untilMs)
  })

  test('remembers what was dropped at the next start', async () => {
    const next = new TierBook({ client: engine.upkeep, retention: defaultRetention, clock })
    assert.equal(await next.read(), true)
    assert.deepEqual(next.pointStates(), book.pointStates())
    assert.deepEqual(next.droppedForSpace, book.droppedForSpace)
  })
})
