import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { KeptFile, type FileBudget } from './kept-file.ts'

/** A container that makes more cgroups of its own than this is looked at no further. */
const maxFolders = 1000
const newline = 10
const zero = 48

const buffer = Buffer.alloc(64 * 1024)
const noBudget: FileBudget = { left: 0 }

/**
 * The processes of a cgroup and of the cgroups below it, as this process counts them: one of a PID namespace that it does
 * not see has the number 0.
 * @param folder Of one controller, on v1.
 */
export function listPids(folder: string): readonly number[] {
  const pids: number[] = []
  const folders = [folder]
  for (let seen = 0; seen < folders.length && seen < maxFolders; seen += 1) {
    const path = folders[seen] ?? folder
    // Without the file the cgroup ended just now, or is threaded and lists its processes above.
    const length = new KeptFile(join(path, 'cgroup.procs'), noBudget).read(buffer)
    if (length !== undefined) addPids(pids, length)
    folders.push(...listFolders(path))
  }
  return pids
}

/** One number a line. */
function addPids(pids: number[], length: number): void {
  let value = 0
  for (let at = 0; at < length; at += 1) {
    const byte = buffer[at] ?? newline
    if (byte !== newline) {
      value = value * 10 + byte - zero
      continue
    }
    pids.push(value)
    value = 0
  }
}

/** Two links are the folder itself: then there are none in it, and its files need not be listed. */
function listFolders(path: string): readonly string[] {
  try {
    if (statSync(path).nlink === 2) return []
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(path, name))
  } catch {
    return []
  }
}
