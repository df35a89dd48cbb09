import { constants, createReadStream, createWriteStream } from 'node:fs'
import { copyFile, mkdir, open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Transform } from 'node:stream'
import type { ClickHouseClient } from '@clickhouse/client'
import { BackupError } from './backup-error.ts'
import { checkRoom } from './check-room.ts'

export interface RestoreOptions {
  readonly client: ClickHouseClient
  /** The folder that the engine may read backups from. */
  readonly backupsDir: string
  readonly file: string
  /** Told now and then, with bytes copied and bytes in all. */
  readonly onProgress?: (doneBytes: number, allBytes: number) => void
}

/**
 * Puts back what is in the file of a backup into a store that holds nothing yet.
 * @throws {BackupError} When the store holds something, or the file is no whole backup.
 */
export async function restoreBackup(options: RestoreOptions): Promise<void> {
  const { client, backupsDir, file } = options
  await checkIsBackup(file)
  await checkIsEmpty(client)
  await mkdir(backupsDir, { recursive: true, mode: 0o700 })
  const { size } = await stat(file)
  // What is put back, and a copy of the file where the engine may read it.
  await checkRoom(backupsDir, 2 * size)
  const copy = join(backupsDir, 'restore.tar')
  try {
    await copyWithProgress(file, copy, options.onProgress)
    await client.command({
      query: `RESTORE DATABASE vigie FROM File('${copy.replaceAll(/['\\]/g, String.raw`\$&`)}')`,
    })
  } catch (cause) {
    throw new BackupError(
      `Cannot put back ${file}: ${describe(cause)}; what had come of it by then is in the store, so begin again with another data folder`,
      { cause },
    )
  } finally {
    await rm(copy, { force: true })
  }
}

/** @throws {BackupError} Unless it is a tar file that begins as those of the engine do. */
async function checkIsBackup(file: string): Promise<void> {
  const head = Buffer.alloc(512)
  try {
    const handle = await open(file)
    await handle.read(head, 0, head.length, 0)
    await handle.close()
  } catch (cause) {
    throw new BackupError(`Cannot read ${file}: ${describe(cause)}`, { cause })
  }
  if (head.toString('latin1', 257, 262) !== 'ustar') {
    throw new BackupError(`Cannot put back ${file}: it is no backup of Vigie, which is a tar file`)
  }
}

async function checkIsEmpty(client: ClickHouseClient): Promise<void> {
  const answer = await client.query({
    query: `SELECT count() > 0 AS holds FROM system.tables WHERE database = 'vigie'`,
    format: 'JSONEachRow',
  })
  const [row] = await answer.json<{ holds: number | boolean }>()
  if (Number(row?.holds ?? 0) === 0) return
  throw new BackupError(
    'Cannot put a backup into this store: it holds data already; give another data folder with VIGIE_DATA_DIR, or move the folder "store" in it away',
  )
}

/** On one disk both share their bytes where the file system can do that. */
async function copyWithProgress(
  from: string,
  to: string,
  onProgress: RestoreOptions['onProgress'],
): Promise<void> {
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE_FORCE)
    return
  } catch {
    // It cannot: byte by byte then.
  }
  const { size } = await stat(from)
  let done = 0
  const counting = new Transform({
    transform(piece: Uint8Array, _encoding, pass) {
      done += piece.length
      onProgress?.(done, size)
      pass(undefined, piece)
    },
  })
  await pipeline(createReadStream(from), counting, createWriteStream(to, { mode: 0o600 }))
}

function describe(cause: unknown): string {
  return cause instanceof Error ? cause.message.slice(0, 300) : String(cause)
}
