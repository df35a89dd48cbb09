import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Hierarchy } from './hierarchy.ts'
import { listPids } from './list-pids.ts'

/** A host with more processes is looked through no further. */
const maxProcesses = 20_000

/** Where a container's processes can be found. */
export interface ProcessPlace {
  readonly hierarchy: Hierarchy
  readonly procRoot: string
  /** Below a controller's root: `docker/<id>`. */
  readonly cgroupPath: string
  readonly containerId: string
}

/**
 * The numbers of a container's processes in `procRoot`. Where this process lives in a PID namespace of its own, `cgroup.procs`
 * has 0 for each: then every process of the host is asked for its cgroup, which takes some 10 µs each.
 */
export function findPids(place: ProcessPlace): readonly number[] {
  const pids = listPids(folderOf(place))
  return pids.includes(0) ? searchPids(place) : pids
}

function folderOf({ hierarchy, cgroupPath }: ProcessPlace): string {
  if (hierarchy.version === 'none') return ''
  if (hierarchy.version === 'v2') return join(hierarchy.root, cgroupPath)
  const base = hierarchy.controllers.get('memory') ?? hierarchy.controllers.get('cpuacct') ?? ''
  return join(base, cgroupPath)
}

/** The path may begin otherwise than here, seen from another cgroup namespace; the id is in it in any case. */
function searchPids({ procRoot, containerId }: ProcessPlace): readonly number[] {
  const pids: number[] = []
  for (const name of readdirSync(procRoot).slice(0, maxProcesses)) {
    const pid = Number(name)
    if (Number.isInteger(pid) && isOf(join(procRoot, name), containerId)) pids.push(pid)
  }
  return pids
}

function isOf(folder: string, containerId: string): boolean {
  try {
    return readFileSync(join(folder, 'cgroup'), 'latin1').includes(containerId)
  } catch {
    return false
  }
}
