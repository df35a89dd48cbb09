import { readdirSync, statfsSync, statSync } from 'node:fs'
import { listPids } from './list-pids.ts'

/** Of a `/proc`, see statfs(2). */
const procMagic = 0x9fa0

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
