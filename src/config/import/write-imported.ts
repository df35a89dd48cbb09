import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Readable for the group of the agent, since it may hold keys. */
const fileMode = 0o640
const folderMode = 0o750

/** A file of the new configuration. */
export interface ImportedFile {
  readonly path: string
  readonly text: string
}

/** A file that was written. */
export interface WrittenFile {
  readonly path: string
  /** Where the file is that was there before; absent when there was none. */
  readonly backup?: string
}

/** Writes the file; one that is there already is kept under a name of its own. */
export function writeImported({ path, text }: ImportedFile): WrittenFile {
  mkdirSync(dirname(path), { recursive: true, mode: folderMode })
  const backup = existsSync(path) ? findBackupName(path) : undefined
  if (backup !== undefined) renameSync(path, backup)
  writeFileSync(path, text, { mode: fileMode, flag: 'wx' })
  return backup === undefined ? { path } : { path, backup }
}

/** `datadog.yaml.bak`, and where that is taken `datadog.yaml.bak2`, … */
function findBackupName(path: string): string {
  let name = `${path}.bak`
  for (let number = 2; existsSync(name); number += 1) name = `${path}.bak${number}`
  return name
}
