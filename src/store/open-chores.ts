import { makeBackup, type BackupProgress } from './backup/make-backup.ts'
import { restoreBackup, type RestoreOptions } from './backup/restore-backup.ts'
import { checkTables, type TableCheck } from './check/check-tables.ts'
import { prepareStoreDir } from './data-folder.ts'
import { backupsDirOf, openEmbeddedEngine } from './embedded/embedded-engine.ts'
import type { StoreEngine } from './engine.ts'

/** What keeps a store healthy. */
export interface StoreChores {
  /** @throws {BackupError} When the disk has no room for it, or the engine cannot make it. */
  readonly makeBackup: (signal: AbortSignal) => AsyncIterable<BackupProgress>
  readonly checkTables: () => AsyncIterable<TableCheck>
}

/** The chores of a store that no server has open. */
export interface OpenChores extends StoreChores {
  /** @throws {BackupError} When the store holds something, or the file is no whole backup. */
  readonly restore: (what: Pick<RestoreOptions, 'file' | 'onProgress'>) => Promise<void>
  readonly close: () => Promise<void>
}

/**
 * Opens the store in a data folder as it is, without bringing its schema to the newest version.
 * @throws {StoreOpenError} When the folder cannot be written, is held by a server, or cannot be read.
 */
export async function openChores(options: {
  readonly dataDir: string
  readonly maxMemoryBytes: number
}): Promise<OpenChores> {
  const storeDir = await prepareStoreDir(options.dataDir)
  const { maxMemoryBytes } = options
  const engine = await openEmbeddedEngine({ storeDir, maxMemoryBytes })
  const place = { client: engine.upkeep, backupsDir: backupsDirOf(storeDir) }
  return {
    ...choresOf(engine, storeDir),
    restore: (what) => restoreBackup({ ...place, ...what }),
    close: engine.close,
  }
}

/** The chores of an engine in this process, on the connection that nobody waits for. */
export function choresOf({ upkeep: client }: StoreEngine, storeDir: string): StoreChores {
  const backupsDir = backupsDirOf(storeDir)
  return {
    makeBackup: (signal) => makeBackup({ client, backupsDir, signal }),
    checkTables: () => checkTables(client),
  }
}
