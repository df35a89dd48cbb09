import assert from 'node:assert/strict'
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { ClickHouseClient } from '@clickhouse/client'
import { prepareStoreDir } from '../data-folder.ts'
import { backupsDirOf, openEmbeddedEngine } from '../embedded/embedded-engine.ts'
import type { StoreEngine } from '../engine.ts'
import { migrate } from '../migrate.ts'
import { makeBackup } from './make-backup.ts'
import { restoreBackup } from './restore-backup.ts'

const maxMemoryBytes = 512 * 1024 * 1024

describe('a backup', () => {
  let folder: string
  let engine: StoreEngine
  let backup: string

  const open = async (name: string): Promise<string> => {
    const storeDir = await prepareStoreDir(join(folder, name))
    engine = await openEmbeddedEngine({ storeDir, maxMemoryBytes })
    return backupsDirOf(storeDir)
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-backup-'))
    const backupsDir = await open('first')
    await migrate(engine.write)
    await engine.write.command({
      query: `INSERT INTO vigie.points_1s
        SELECT 'm', number % 10, toDateTime64('2026-01-02 03:04:05', 3, 'UTC') + number, number FROM numbers(100000)`,
    })
    backup = join(folder, 'kept.tar')
    for await (const { file } of makeBackup({ client: engine.upkeep, backupsDir })) {
      if (file === undefined) continue
      await copyFile(file.path, backup)
      await file.remove()
    }
    await engine.close()
    assert.deepEqual(await readdir(backupsDir), [])
  })

  after(async () => {
    await engine.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('is refused by a store that holds something', async () => {
    const backupsDir = await open('first')
    await assert.rejects(
      restoreBackup({ client: engine.upkeep, backupsDir, file: backup }),
      /it holds data already; give another data folder/,
    )
    await engine.close()
  })

  test('gives an empty store all that there was, and leaves nothing behind', async () => {
    const backupsDir = await open('second')
    await restoreBackup({ client: engine.upkeep, backupsDir, file: backup })
    const version = await migrate(engine.write)
    assert.deepEqual(await readdir(backupsDir), [])
    assert.deepEqual(await readSums(engine.write), { points: 100_000, sum: 4_999_950_000 })
    assert.ok(version >= 4)
    await engine.close()
  })

  test('that a killed server has left is gone when the store is opened again', async () => {
    const backupsDir = await open('second')
    await engine.close()
    await mkdir(backupsDir, { recursive: true })
    await writeFile(join(backupsDir, 'half.tar'), 'half')
    await open('second')
    await assert.rejects(readdir(backupsDir), { code: 'ENOENT' })
    await engine.close()
  })

  test('that is none is refused in one sentence', async () => {
    const backupsDir = await open('third')
    const file = join(folder, 'other.tar')
    await writeFile(file, 'x'.repeat(10_000))
    const options = { client: engine.upkeep, backupsDir, file }
    await assert.rejects(restoreBackup(options), /it is no backup of Vigie, which is a tar file/)
    await assert.rejects(restoreBackup({ ...options, file: '/nowhere' }), /Cannot read \/nowhere/)
  })
})

async function readSums(client: ClickHouseClient): Promise<unknown> {
  const answer = await client.query({
    query: `SELECT toUInt32(count()) AS points, sum(value) AS sum FROM vigie.points_1s FINAL`,
    format: 'JSONEachRow',
  })
  const [row] = await answer.json()
  return row
}
