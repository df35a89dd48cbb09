import { readFileSync } from 'node:fs'
import type { Settings } from '../config/settings.ts'
import type { RemoteOptions } from '../store/remote/remote-options.ts'

/** The password of the store cannot be read; the message says why. */
class PasswordFileError extends Error {
  override readonly name = 'PasswordFileError'
  readonly code = 'PASSWORD_FILE'
}

/**
 * How the ClickHouse server is reached, with the password that its file holds.
 * @throws {PasswordFileError} When the file cannot be read.
 */
export function readRemote({
  passwordFile,
  ...remote
}: NonNullable<Settings['store']['remote']>): RemoteOptions {
  if (passwordFile === undefined) return remote
  try {
    return { ...remote, password: readFileSync(passwordFile, 'utf8').trim() }
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    throw new PasswordFileError(
      `Cannot read ${passwordFile}, which vigie.store.password_file names: ${code}; give the file to the user that the server runs as, or name another`,
      { cause },
    )
  }
}
