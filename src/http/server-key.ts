import { randomBytes } from 'node:crypto'
import { chmod, open, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** The file that holds the server's key is not usable. */
class ServerKeyError extends Error {
  override readonly name = 'ServerKeyError'
  readonly code = 'SERVER_KEY'
}

/**
 * The API key that agents show to this server: 32 hexadecimal digits in `<data>/api_key`. The first start makes it,
 * readable by its owner alone; a file that others may read is tightened.
 * @throws {ServerKeyError} When the file cannot be made or read, or holds something else.
 */
export async function openServerKey(dataFolder: string): Promise<string> {
  const path = join(dataFolder, 'api_key')
  try {
    return (await makeKey(path)) ?? (await readKey(path))
  } catch (cause) {
    if (cause instanceof ServerKeyError) throw cause
    const seen = cause instanceof Error ? cause.message : String(cause)
    throw new ServerKeyError(`Cannot keep the server's key in ${path}: ${seen}`, { cause })
  }
}

/** Absent when the file is there already. */
async function makeKey(path: string): Promise<string | undefined> {
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
    if (isErrnoException(error) && error.code === 'EEXIST') return undefined
    throw error
  })
  if (file === undefined) return undefined
  const key = randomBytes(16).toString('hex')
  try {
    await file.writeFile(`${key}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  return key
}

async function readKey(path: string): Promise<string> {
  const { mode } = await stat(path)
  if ((mode & 0o077) !== 0) await chmod(path, 0o600)
  const key = (await readFile(path, 'utf8')).trim()
  if (/^[0-9a-f]{32}$/i.test(key)) return key
  throw new ServerKeyError(
    `Cannot use ${path}: it holds ${key.length} characters in place of 32 hexadecimal digits; delete it to have a new key made`,
  )
}

function isErrnoException(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error
}
