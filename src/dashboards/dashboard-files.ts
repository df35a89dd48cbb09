import { constants } from 'node:fs'
import { open, readdir, realpath, stat } from 'node:fs/promises'
import { basename, join, sep } from 'node:path'

/** A file that may hold a dashboard. */
export interface DashboardFile {
  /** Of the address: the name without `.json`. */
  readonly id: string
  readonly name: string
  /** Changes whenever the file does. */
  readonly stamp: string
  readonly sizeBytes: number
  /**
   * Its text.
   * @throws {FileFault} If it is too long or no plain file, or with what the system says.
   */
  readonly read: () => Promise<string>
}

/** What is in a folder of dashboards. */
export interface FolderFiles {
  /** By name. */
  readonly files: readonly DashboardFile[]
  readonly faults: readonly { readonly file: string; readonly reason: string }[]
}

/** A file that is not read; the message says why, without naming it. */
class FileFault extends Error {
  override readonly name = 'FileFault'
  readonly code = 'DASHBOARD_FILE'
}

const maxFiles = 500
const maxBytes = 1024 * 1024
const ending = '.json'
const idPattern = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/

/** The files `*.json` of a folder; none where there is no folder. */
export async function listDashboardFiles(folder: string): Promise<FolderFiles> {
  const files: DashboardFile[] = []
  const faults: { file: string; reason: string }[] = []
  const names = await readNames(folder).catch((error: unknown) => {
    faults.push({ file: basename(folder), reason: reasonOf(error) })
    return []
  })
  for (const name of names.slice(0, maxFiles)) {
    try {
      files.push(await describeFile(folder, name))
    } catch (error) {
      if (!isGone(error)) faults.push({ file: name, reason: reasonOf(error) })
    }
  }
  if (names.length > maxFiles) {
    const reason = `the folder has ${names.length} files, the first ${maxFiles} by name are read`
    faults.push({ file: names[maxFiles] ?? '', reason })
  }
  return { files, faults }
}

/**
 * The file of one dashboard; undefined where there is none.
 * @throws {FileFault} If it may not be read.
 */
export async function findDashboardFile(
  folder: string,
  id: string,
): Promise<DashboardFile | undefined> {
  if (!idPattern.test(id)) return undefined
  try {
    return await describeFile(folder, id + ending)
  } catch (error) {
    if (isGone(error)) return undefined
    throw error
  }
}

/** Why a file could not be read, without naming it. */
export function reasonOf(error: unknown): string {
  if (error instanceof FileFault) return error.message
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  return code === 'EACCES' ? 'the server may not read it' : `it cannot be read: ${code}`
}

async function readNames(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder)
    return names.filter((name) => name.endsWith(ending) && !name.startsWith('.')).toSorted()
  } catch (error) {
    if (isGone(error)) return []
    throw error
  }
}

/** A link may lead to a file of the same folder, as those of a mounted ConfigMap do, but not out of it. */
async function describeFile(folder: string, name: string): Promise<DashboardFile> {
  const id = name.slice(0, -ending.length)
  if (!idPattern.test(id)) {
    throw new FileFault('its name is not of up to 100 letters, digits and _.- before .json')
  }
  const path = await realpath(join(folder, name))
  if (!path.startsWith((await realpath(folder)) + sep)) {
    throw new FileFault('it is a link out of the folder')
  }
  const { dev, ino, size, mtimeMs, ctimeMs } = await stat(path)
  return {
    id,
    name,
    stamp: [dev, ino, size, mtimeMs, ctimeMs].join(' '),
    sizeBytes: size,
    read: () => readText(path),
  }
}

/** Waits for nobody: a pipe is opened, seen to be no plain file, and closed. */
async function readText(path: string): Promise<string> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const handle = await open(path, flags)
  try {
    const stats = await handle.stat()
    const { size } = stats
    if (!stats.isFile()) throw new FileFault('it is no plain file')
    if (size > maxBytes) throw new FileFault(`it has ${size} bytes, at most ${maxBytes} are read`)
    const buffer = Buffer.alloc(size)
    const { bytesRead } = await handle.read(buffer, 0, size, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await handle.close()
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
