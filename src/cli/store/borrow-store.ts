import { join } from 'node:path'
import type { Settings } from '../../config/settings.ts'
import type { BackupProgress } from '../../store/backup/make-backup.ts'
import type { TableCheck } from '../../store/check/check-tables.ts'
import { askDoor } from '../control-client.ts'
import { toBackupLine, type BackupLine } from '../server-chores.ts'

/** What commands do with a store, whether a server has it open or not. */
export interface BorrowedStore {
  readonly makeBackup: (signal: AbortSignal) => AsyncIterable<BackupLine>
  readonly checkTables: (signal: AbortSignal) => AsyncIterable<TableCheck>
  readonly close: () => Promise<void>
}

/** The store is not one that this command can work with; the message says what can. */
class ForeignStoreError extends Error {
  override readonly name = 'ForeignStoreError'
  readonly code = 'STORE_FOREIGN'
}

/** @throws {ForeignStoreError} When the data is in a ClickHouse server. */
export function refuseRemote(settings: Settings, tool: string): void {
  if (settings.store.remote === undefined) return
  throw new ForeignStoreError(
    `The data is in the ClickHouse server ${settings.store.remote.url}, not in a data folder: ${tool}`,
  )
}

/**
 * The server that has the store open is asked; without one, the store is opened here.
 * @throws {StoreOpenError} When it cannot be opened.
 */
export async function borrowStore(settings: Settings): Promise<BorrowedStore> {
  const { findHolder } = await import('../../store/data-folder.ts')
  const status = join(settings.dataDir, 'store', 'clickhouse', 'status')
  const isHeld = (await findHolder(status)) !== undefined
  return isHeld ? ofServer(settings) : openHere(settings)
}

function ofServer(settings: Settings): BorrowedStore {
  const half = 'server'
  return {
    makeBackup: (signal) => askDoor<BackupLine>(settings, { half, name: 'backup', signal }),
    checkTables: (signal) => askDoor<TableCheck>(settings, { half, name: 'store-check', signal }),
    close: () => Promise.resolve(),
  }
}

async function openHere({ dataDir, store }: Settings): Promise<BorrowedStore> {
  const { openChores } = await import('../../store/open-chores.ts')
  const chores = await openChores({ dataDir, maxMemoryBytes: store.maxMemoryBytes })
  return {
    makeBackup: (signal) => toLines(chores.makeBackup(signal)),
    checkTables: () => chores.checkTables(),
    close: chores.close,
  }
}

async function* toLines(steps: AsyncIterable<BackupProgress>): AsyncGenerator<BackupLine, void> {
  for await (const step of steps) yield toBackupLine(step)
}
