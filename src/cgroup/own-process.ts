import { readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Whether a process belongs to a container. Numbers are used again: the one that the engine told may be another process by
 * now.
 * @returns `true` also where its cgroup cannot be read, or is hidden from here by a cgroup namespace.
 * @see cgroups(7), `/proc/pid/cgroup`
 */
export function isProcessOf(id: string, pid: number, procRoot: string): boolean {
  try {
    const text = readFileSync(join(procRoot, String(pid), 'cgroup'), 'latin1')
    return text.includes(id) || text.trim() === '0::/'
  } catch {
    return true
  }
}

/**
 * The network namespace of a process, such as `net:[4026531840]`.
 * @returns `undefined` when the process is gone or may not be looked into.
 * @see namespaces(7), `/proc/pid/ns/`
 */
export function readNetworkNamespace(pid: number, procRoot: string): string | undefined {
  try {
    return readlinkSync(join(procRoot, String(pid), 'ns/net'))
  } catch {
    return undefined
  }
}
