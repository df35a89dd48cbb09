import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { prepareStoreDir } from '../data-folder.ts'
import { openEmbeddedEngine } from '../embedded/embedded-engine.ts'
import type { StoreEngine } from '../engine.ts'
import { migrate } from '../migrate.ts'
import { checkTables, type TableCheck } from './check-tables.ts'

describe('checkTables()', () => {
  let folder: string
  let storeDir: string
  let engine: StoreEngine

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-check-'))
    storeDir = await prepareStoreDir(folder)
    engine = await openEmbeddedEngine({ storeDir, maxMemoryBytes: 512 * 1024 * 1024 })
    await migrate(engine.write)
    await engine.write.command({
      query: `INSERT INTO vigie.points_1s
        SELECT 'm', 1, toDateTime64('2026-01-02 03:04:05', 3, 'UTC') + number, number FROM numbers(10000)`,
    })
  })

  after(async () => {
    await engine.close()
    await rm(folder, { recursive: true, force: true })
  })

  const check = async (): Promise<ReadonlyMap<string, TableCheck>> => {
    const found = new Map<string, TableCheck>()
    for await (const one of checkTables(engine.write)) found.set(one.table, one)
    return found
  }

  test('tells of every table what it holds, and that nothing is wrong', async () => {
    const tables = await check()
    assert.equal(tables.get('points_1s')?.rows, 10_000)
    assert.equal(tables.get('points_1s')?.parts, 1)
    assert.equal(tables.get('event_log')?.parts, 0)
    assert.ok(tables.has('log_lines'))
    assert.deepEqual(
      [...tables.values()].flatMap(({ broken, setAside }) => [...broken, ...setAside]),
      [],
    )
  })

  test('names a piece whose bytes have changed on the disk', async () => {
    const file = await findDataFile(storeDir)
    const bytes = await readFile(file)
    bytes.writeUInt8(bytes.readUInt8(100) ^ 0xff, 100)
    await writeFile(file, bytes)
    const broken = (await check()).get('points_1s')?.broken ?? []
    assert.equal(broken.length, 1)
    assert.match(broken[0]?.reason ?? '', /checksum/i)
  })
})

/** Where the values of the points are. */
async function findDataFile(storeDir: string): Promise<string> {
  const files = await readdir(join(storeDir, 'clickhouse'), { recursive: true })
  const found = files.find((file) => /data\/vigie\/points_1s\/.*\.bin$/.test(file))
  assert.ok(found !== undefined, files.filter((file) => file.endsWith('.bin')).join(' '))
  return join(storeDir, 'clickhouse', found)
}
