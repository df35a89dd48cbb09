import { statSync } from 'node:fs'
import { join } from 'node:path'
import { findCgroup, type Wanted } from './find-cgroup.ts'
import type { Hierarchy } from './hierarchy.ts'

/**
 * Number of a container's cgroup folder, by which a process in a cgroup namespace of its own can say where it is: the
 * unified one, or that of the controller `memory` on v1, as Datadog's clients take it. As text: it may be above 2^53.
 * @returns `undefined` when there is none (any more).
 * @see DataDog/datadog-agent, pkg/util/containers/metrics/system, `cgroupV1BaseController`
 */
export function readCgroupInode(
  hierarchy: Hierarchy,
  wanted: Wanted,
  procRoot: string,
): string | undefined {
  const base = findBase(hierarchy)
  const path = base === undefined ? undefined : findCgroup(hierarchy, wanted, procRoot)
  if (base === undefined || path === undefined) return undefined
  return statSync(join(base, path), { bigint: true, throwIfNoEntry: false })?.ino.toString()
}

function findBase(hierarchy: Hierarchy): string | undefined {
  switch (hierarchy.version) {
    case 'v2':
      return hierarchy.root
    case 'v1':
      return hierarchy.controllers.get('memory')
    case 'none':
      return undefined
  }
}
