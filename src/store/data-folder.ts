import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { StoreOpenError } from './store-errors.ts'

/**
 * Makes the store's folder within the data folder, checks that it can be written and that no other process holds it,
 * and returns its path.
 * @throws {StoreOpenError} `STORE_NOT_WRITABLE` or `STORE_IN_USE`.
 */
export async function prepareStoreDir(dataDir: string): Promise<string> {
  const storeDir = join(dataDir, 'store')
  try {
    await mkdir(join(storeDir, 'clickhouse'), { recursive: true, mode: 0o700 })
    const probe = join(storeDir, `probe-${process.pid}`)
    await writeFile(probe, '')
    await rm(probe)
  } catch (cause) {
    throw new StoreOpenError('STORE_NOT_WRITABLE', notWritable(dataDir, cause), { cause })
  }
  const holder = await findHolder(join(storeDir, 'clickhouse', 'status'))
  if (holder !== undefined) {
    throw new StoreOpenError(
      'STORE_IN_USE',
      `Cannot open the data folder ${dataDir}: another server with process id ${holder} uses it; stop that one, or give this one another folder with VIGIE_DATA_DIR`,
    )
  }
  return storeDir
}

/**
 * The process that holds the engine's lock on `statusFile`, undefined when none does. The engine keeps the file
 * locked (`flock`) for as long as it lives and the kernel lets go of it with the process, so that a file left by a
 * dead one holds nothing. The engine itself has the last word: it takes the lock when it opens the folder.
 * @see proc_locks(5)
 */
export async function findHolder(
  statusFile: string,
  locksFile = '/proc/locks',
): Promise<number | undefined> {
  try {
    const { ino: inode } = await stat(statusFile, { bigint: true })
    const holder = lockHolders(await readFile(locksFile, 'utf8')).get(inode)
    return holder === process.pid ? undefined : holder
  } catch {
    return undefined
  }
}

/** The holders in lines such as `1: FLOCK  ADVISORY  WRITE 708 fe:00:9986818 0 EOF`: process ids by inode. */
function lockHolders(locks: string): Map<bigint, number> {
  const holders = new Map<bigint, number>()
  for (const match of locks.matchAll(/FLOCK\s+\w+\s+WRITE\s+(\d+)\s+\w+:\w+:(\d+)/g)) {
    const [, pid, inode] = match
    if (pid !== undefined && inode !== undefined) holders.set(BigInt(inode), Number(pid))
  }
  return holders
}

function notWritable(dataDir: string, cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
  const reasons: Record<string, string> = {
    EACCES: `permission denied for user ${userInfo().username}; give it to that user or set VIGIE_DATA_DIR`,
    EPERM: `permission denied for user ${userInfo().username}; give it to that user or set VIGIE_DATA_DIR`,
    EROFS: 'its file system is read-only; set VIGIE_DATA_DIR to a folder that can be written',
    ENOSPC: 'its disk is full; free some space or set VIGIE_DATA_DIR',
    ENOTDIR: 'a part of this path is a file, not a folder; set VIGIE_DATA_DIR',
    EEXIST: 'a part of this path is a file, not a folder; set VIGIE_DATA_DIR',
  }
  const reason = reasons[code] ?? `${code}; set VIGIE_DATA_DIR`
  return `Cannot write the data folder ${dataDir}: ${reason}`
}
