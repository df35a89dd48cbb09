import { mkdir, mkdtempDisposable, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

const abandonedAfterMs = 3_600_000

/** Something costly to make, kept in a folder of the cache under the name of its kind and the stamp of its sources. */
export interface CacheEntry {
  readonly kind: string
  readonly stamp: string
  /** Makes it in an empty folder. */
  readonly fill: (folder: string) => Promise<void>
}

/**
 * Path of the entry's folder, filled if it is not there. It appears whole or not at all, and takes the place of
 * those of its kind with another stamp.
 */
export async function ensureFilled(
  cache: string,
  { kind, stamp, fill }: CacheEntry,
): Promise<string> {
  await mkdir(cache, { recursive: true })
  await removeAbandoned(cache)
  const folder = join(cache, `${kind}-${stamp}`)
  const names = await readdir(cache)
  if (names.includes(`${kind}-${stamp}`)) return folder
  await using unfinished = await mkdtempDisposable(join(cache, 'unfinished-'))
  const ready = join(unfinished.path, kind)
  await mkdir(ready)
  await fill(ready)
  const older = names.filter((name) => name.startsWith(`${kind}-`))
  await Promise.all(older.map((name) => rm(join(cache, name), { recursive: true, force: true })))
  // Another run may have been faster; its folder is as good.
  await rename(ready, folder).catch(() => undefined)
  return folder
}

/** Removes what a killed run has left. */
async function removeAbandoned(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    if (!name.startsWith('unfinished-')) continue
    const path = join(cache, name)
    const { mtimeMs } = await stat(path)
    if (Date.now() - mtimeMs > abandonedAfterMs) await rm(path, { recursive: true, force: true })
  }
}
