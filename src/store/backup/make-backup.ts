import { randomUUID } from 'node:crypto'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { ClickHouseClient } from '@clickhouse/client'
import { BackupError } from './backup-error.ts'
import { checkRoom } from './check-room.ts'

/** A backup on this machine's disk: one tar file, as ClickHouse's `RESTORE` reads it. */
export interface BackupFile {
  readonly path: string
  readonly bytes: number
  /** Deletes the file. */
  readonly remove: () => Promise<void>
}

/** How far a backup is; the last one has the file. */
export interface BackupProgress {
  readonly doneBytes: number
  /** About so many it will be. */
  readonly allBytes: number
  readonly file?: BackupFile
}

export interface BackupOptions {
  readonly client: ClickHouseClient
  /** The folder that the engine may write backups to. */
  readonly backupsDir: string
  /** When it aborts, what has been written is deleted. */
  readonly signal?: AbortSignal
}

const askEveryMs = 200

/**
 * Copies everything that the store holds at this moment into one file; inserts and questions go on meanwhile. What is
 * stored while it is made is in it or not.
 * @throws {BackupError} When the disk has no room for it, or the engine cannot make it.
 */
export async function* makeBackup(options: BackupOptions): AsyncGenerator<BackupProgress, void> {
  const { client, backupsDir, signal } = options
  await mkdir(backupsDir, { recursive: true, mode: 0o700 })
  const allBytes = await readStoredBytes(client)
  await checkRoom(backupsDir, allBytes)
  const path = join(backupsDir, `${randomUUID()}.tar`)
  const remove = (): Promise<void> => removeFile(path)
  try {
    const id = await begin(client, path)
    while (await isBeingMade(client, id)) {
      yield { doneBytes: await sizeOf(path), allBytes }
      signal?.throwIfAborted()
      await pause(askEveryMs)
    }
    const bytes = await sizeOf(path)
    yield { doneBytes: bytes, allBytes: bytes, file: { path, bytes, remove } }
  } catch (error) {
    await remove()
    throw error
  }
}

/** In the background of the engine: its connection for writing is free for inserts. */
async function begin(client: ClickHouseClient, path: string): Promise<string> {
  const answer = await client.query({
    query: `BACKUP DATABASE vigie TO File('${path.replaceAll(/['\\]/g, String.raw`\$&`)}') ASYNC`,
    format: 'JSONEachRow',
  })
  const [row] = await answer.json<{ id: string }>()
  if (row === undefined) throw new BackupError('Cannot make a backup: the engine did not begin one')
  return row.id
}

async function isBeingMade(client: ClickHouseClient, id: string): Promise<boolean> {
  const { status, error } = await readState(client, id)
  if (status === 'BACKUP_CREATED') return false
  if (status === 'CREATING_BACKUP') return true
  throw new BackupError(`Cannot make a backup: ${error}`)
}

async function readState(
  client: ClickHouseClient,
  id: string,
): Promise<{ status: string; error: string }> {
  const answer = await client.query({
    query: `SELECT toString(status) AS status, splitByString(', Stack trace', error)[1] AS error
      FROM system.backups WHERE id = {id:String}`,
    query_params: { id },
    format: 'JSONEachRow',
  })
  const [row] = await answer.json<{ status: string; error: string }>()
  return row ?? { status: 'LOST', error: 'the engine does not know of it any more' }
}

async function readStoredBytes(client: ClickHouseClient): Promise<number> {
  const answer = await client.query({
    query: `SELECT toFloat64(sum(bytes_on_disk)) AS bytes FROM system.parts
      WHERE database = 'vigie' AND active`,
    format: 'JSONEachRow',
  })
  const [row] = await answer.json<{ bytes: number }>()
  return row?.bytes ?? 0
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined)
  return found?.size ?? 0
}

/** The engine keeps a lock file beside one that it has not finished. */
async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true })
  await rm(`${path}.lock`, { force: true })
}
