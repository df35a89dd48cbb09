import { ControlError, type Control } from '../component/control.ts'
import type { BackupProgress } from '../store/backup/make-backup.ts'
import type { StoreChores } from '../store/open-chores.ts'

/** What `backup` is answered, line by line; the last has the path of the file, which whoever asked takes away. */
export type BackupLine = Omit<BackupProgress, 'file'> & { readonly path?: string }

export function toBackupLine({ file, ...progress }: BackupProgress): BackupLine {
  return { ...progress, ...(file !== undefined && { path: file.path }) }
}

/** Offers what commands ask of a server that runs: its store is open, and can be opened once only. */
export function offerChores(control: Control, store: StoreChores): void {
  let isMakingBackup = false
  control.offer('backup', async function* ({ signal }) {
    if (isMakingBackup) throw new ControlError('A backup is being made already; wait for it')
    isMakingBackup = true
    try {
      for await (const progress of store.makeBackup(signal)) yield { ...toBackupLine(progress) }
    } catch (error) {
      throw toControlError(error)
    } finally {
      isMakingBackup = false
    }
  })
  control.offer('store-check', async function* () {
    for await (const table of store.checkTables()) yield { ...table }
  })
}

/** A fault that has a sentence for people. */
function toControlError(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? new ControlError(error.message) : error
}
