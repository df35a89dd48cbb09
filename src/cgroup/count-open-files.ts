import { readdirSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { KeptFile, type FileBudget } from './kept-file.ts'

/** A container that makes more cgroups of its own than this is counted no further. */
const maxFolders = 1000
/** Of a `/proc`, see statfs(2). */
const procMagic = 0x9fa0
const newline = 10
const zero = 48

const buffer = Buffer.alloc(64 * 1024)
const noBudget: FileBudget = { left: 0 }

/**
 * Makes a function that counts the files which the processes of a cgroup, and of the cgroups below it, hold open.
 * @returns A function of the cgroup's folder; it gives `undefined` when that cannot be told: no process is seen from here,
 *   or one may not be looked into.
 */
export function createOpenFileCounter(procRoot: string): (folder: string) => number | undefined {
  const hasSizes = isProcFileSystem(procRoot)
  return (folder) => {
    let count: number | undefined
    for (const pid of listPids(folder)) {
      // Processes of a PID namespace that this process does not see have the number 0.
      if (pid <= 0) return undefined
      const ofProcess = countOfProcess(`${procRoot}/${pid}/fd`, hasSizes)
      if (ofProcess === 'refused') return undefined
      if (ofProcess !== 'gone') count = (count ?? 0) + ofProcess
    }
    return count
  }
}

function listPids(folder: string): readonly number[] {
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

/** Since Linux 6.2 the kernel tells the number of files as the folder's size, without listing them. */
function countOfProcess(path: string, hasSizes: boolean): number | 'gone' | 'refused' {
  try {
    const size = hasSizes ? statSync(path).size : 0
    return size > 0 ? size : readdirSync(path).length
  } catch (error) {
    return isRefused(error) ? 'refused' : 'gone'
  }
}

function isProcFileSystem(path: string): boolean {
  try {
    return statfsSync(path).type === procMagic
  } catch {
    return false
  }
}

function isRefused(error: unknown): boolean {
  const code: unknown = Object(error).code
  return code === 'EACCES' || code === 'EPERM'
}
