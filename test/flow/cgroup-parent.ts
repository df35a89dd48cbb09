import { existsSync, readdirSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'

const root = '/sys/fs/cgroup'

/**
 * A cgroup for containers of one test, which the engine makes with its first container and leaves behind. Leaving its
 * `using` removes it.
 */
export interface CgroupParent extends Disposable {
  /** For `--cgroup-parent`, with the driver cgroupfs. */
  readonly path: string
}

/** @param path Its folders, which nobody else uses, all of them below a new first one: `/a/b`. */
export function useCgroupParent(path: string): CgroupParent {
  const [, first = ''] = path.split('/')
  return {
    path,
    [Symbol.dispose]: () => {
      const roots = existsSync(join(root, 'cgroup.controllers'))
        ? [root]
        : readdirSync(root).map((controller) => join(root, controller))
      for (const hierarchy of roots) removeTree(join(hierarchy, first))
    },
  }
}

/** Folders of cgroups cannot be emptied, only removed, the deepest first. */
function removeTree(folder: string): void {
  if (!existsSync(folder)) return
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeTree(join(folder, entry.name))
  }
  rmdirSync(folder)
}
