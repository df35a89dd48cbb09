import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { waitUntil } from '../../test/flow/wait-until.ts'
import { makeOrigin } from '../../test/agent/log-blocks.ts'
import { blockOf, type Line } from '../../test/server/stored-lines.ts'
import { prepareStoreDir } from './data-folder.ts'
import { openEmbeddedEngine } from './embedded/embedded-engine.ts'
import type { StoreEngine } from './engine.ts'
import { LogBudget, type TrimmedLogs } from './log-budget.ts'
import { LogInserts } from './log-inserts.ts'
import { LogNews } from './log-news.ts'
import { migrate } from './migrate.ts'

const chatty = makeOrigin({ containerId: 'a'.repeat(64) })
const renamed = { ...chatty, containerName: 'other' }
const quiet = makeOrigin({ containerId: 'b'.repeat(64) })
/** A hundred bytes a minute. */
const minutes = Array.from({ length: 10 }, (_none, n): Line => {
  return { message: `${n}`.padEnd(100, '.'), atMs: n * 60_000 }
})

describe('LogBudget', () => {
  let folder: string
  let engine: StoreEngine

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-budget-'))
    const storeDir = await prepareStoreDir(folder)
    engine = await openEmbeddedEngine({ storeDir, maxMemoryBytes: 512 * 1024 * 1024 })
    await migrate(engine.write)
    const logs = [
      blockOf(minutes.slice(0, 5), chatty),
      blockOf(minutes.slice(5), renamed),
      blockOf(minutes.slice(0, 3), quiet),
    ]
    const { columns } = new LogInserts(new LogNews(0)).of([{ logs }], Date.now())
    for (const insert of columns) await engine.insertColumns(insert)
  })

  after(async () => {
    await engine.close()
    await rm(folder, { recursive: true, force: true })
  })

  const ask = async <Row>(query: string): Promise<readonly Row[]> =>
    (await engine.read.query({ query, format: 'JSONEachRow' })).json()
  const kept = async (id: string): Promise<readonly string[]> => {
    const rows = await ask<{ n: string }>(`SELECT substring(message, 1, 1) AS n FROM vigie.log_lines
      WHERE origin IN (SELECT id FROM vigie.log_origins WHERE container_id = '${id}') ORDER BY time`)
    return rows.map(({ n }) => n)
  }
  const enforce = async (budgetBytes: number): Promise<readonly TrimmedLogs[]> => {
    const trimmed = await new LogBudget({ ...engine, budgetBytes }).enforce()
    const left = `SELECT toUInt32(countIf(NOT is_done)) AS waiting FROM system.mutations`
    await waitUntil('lines are removed', 10_000, async () => {
      const [row] = await ask<{ waiting: number }>(left)
      return row?.waiting === 0
    })
    return trimmed
  }

  test('leaves all that is within', async () => {
    assert.deepEqual(await enforce(1000), [])
    assert.equal((await kept('a'.repeat(64))).length, 10)
  })

  test('takes the oldest lines of the container that has too many, whatever its name was, and of no other', async () => {
    const trimmed = await enforce(700)
    assert.deepEqual(
      trimmed.map(({ owner }) => owner),
      ['a'.repeat(64)],
    )
    assert.deepEqual(await kept('a'.repeat(64)), ['4', '5', '6', '7', '8', '9'])
    assert.deepEqual(await kept('b'.repeat(64)), ['0', '1', '2'])
  })

  test('has no more to take then', async () => {
    assert.deepEqual(await enforce(700), [])
  })

  test('finds no words any more in lines that are gone, and all in those that are left', async () => {
    const [row] = await ask(
      `SELECT toUInt32(count()) AS rows FROM vigie.log_lines WHERE hasAnyTokens(message, ['0', '3', '4', '9'])`,
    )
    assert.deepEqual(row, { rows: 3 })
  })

  test('leaves the newest minute however much it is', async () => {
    await enforce(10)
    assert.deepEqual(await kept('a'.repeat(64)), ['9'])
    assert.deepEqual(await kept('b'.repeat(64)), ['2'])
  })
})
