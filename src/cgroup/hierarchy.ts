import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Where the controllers of this host are. */
export type Hierarchy =
  | { readonly version: 'v2'; readonly root: string }
  | { readonly version: 'v1'; readonly controllers: ReadonlyMap<string, string> }
  | { readonly version: 'none' }

/**
 * Tells v1 from v2 by what lies below the cgroup root. A host with both (systemd's hybrid layout) keeps its controllers
 * in v1.
 * @see kernel docs, cgroup-v2, "Mounting"
 */
export function findHierarchy(cgroupRoot: string): Hierarchy {
  if (existsSync(join(cgroupRoot, 'cgroup.controllers'))) return { version: 'v2', root: cgroupRoot }
  const controllers = new Map<string, string>()
  for (const folder of listFolder(cgroupRoot)) {
    for (const name of folder.split(',')) controllers.set(name, join(cgroupRoot, folder))
  }
  return controllers.has('memory') || controllers.has('cpuacct')
    ? { version: 'v1', controllers }
    : { version: 'none' }
}

function listFolder(path: string): readonly string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}
