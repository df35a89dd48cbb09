/** A backup could not be made or put back. The message is one sentence for people. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
  readonly code = 'BACKUP_FAILED'
}
