import { findCgroup, type Wanted } from './find-cgroup.ts'
import type { Hierarchy } from './hierarchy.ts'
import type { FileBudget } from './kept-file.ts'
import { openReaderV1 } from './reader-v1.ts'
import { openReaderV2 } from './reader-v2.ts'
import type { CgroupReader } from './sample.ts'

/**
 * Finds a container's cgroup and opens it for reading.
 * @returns `undefined` when there is none (any more).
 */
export function openCgroup(
  hierarchy: Hierarchy,
  wanted: Wanted,
  { procRoot, budget }: { procRoot: string; budget: FileBudget },
): CgroupReader | undefined {
  const path = findCgroup(hierarchy, wanted, procRoot)
  if (path === undefined || hierarchy.version === 'none') return undefined
  if (hierarchy.version === 'v2') return openReaderV2(hierarchy.root, path, budget)
  return openReaderV1(hierarchy.controllers, path, budget)
}
