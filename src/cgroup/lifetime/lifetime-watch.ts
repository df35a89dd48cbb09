import { openLibc } from '../../libc/libc.ts'
import type { Wanted } from '../find-cgroup.ts'
import type { Hierarchy } from '../hierarchy.ts'
import type { FileBudget } from '../kept-file.ts'
import type { CgroupLife } from './cgroup-life.ts'
import { LifetimeLoop } from './lifetime-loop.ts'

export interface LifetimeWatchOptions {
  readonly hierarchy: Hierarchy
  readonly procRoot: string
  readonly budget: FileBudget
  /** Called for each cgroup of a container that has ended, some milliseconds after. */
  readonly onLife: (life: CgroupLife) => void
  readonly onFault: (message: string) => void
}

/** For the status: how the totals of ended containers are taken, and why not better. */
export interface LifetimeState {
  /** `parent_remainder`: ends are learnt of only when the cgroup is gone already. `off`: there are no totals. */
  readonly way: 'last_reading' | 'parent_remainder' | 'off'
  /** One sentence; empty for `last_reading`. */
  readonly reason: string
  /** Cgroups of containers that live now. */
  readonly followed: number
  /** Lives told so far, by method. */
  readonly ended: Readonly<Record<CgroupLife['method'], number>>
}

export interface LifetimeWatch {
  /** Follows a container that is in an unusual place; those in others are found without. */
  readonly follow: (wanted: Wanted) => void
  readonly state: () => LifetimeState
  /** Gives back all descriptors; containers that still run are not told of. */
  readonly close: () => void
}

/**
 * Tells of each container's cgroup, when it ends, what it has used from its first process to its last. Runs in the thread
 * that calls it and takes some hundred microseconds for each life.
 */
export function openLifetimeWatch(options: LifetimeWatchOptions): LifetimeWatch {
  const opening = openLoop(options)
  if (typeof opening === 'string') return createIdleWatch(opening)
  const loop = opening
  return {
    follow: (wanted) => loop.follow(wanted),
    state: () => ({
      ...(loop.cannotFollow ? hidden : { way: 'last_reading', reason: '' }),
      followed: loop.followedCount,
      ended: { ...loop.ended },
    }),
    close: () => loop.close(),
  }
}

const hidden = {
  way: 'parent_remainder',
  reason: 'the processes of containers cannot be seen from the PID namespace of this process',
} as const

/** The loop, or why there is none. */
function openLoop({ hierarchy, ...options }: LifetimeWatchOptions): LifetimeLoop | string {
  if (hierarchy.version === 'none') return 'this machine has no cgroups that can be read'
  const root = hierarchy.version === 'v2' ? hierarchy.root : hierarchy.controllers.get('cpuacct')
  if (root === undefined) return 'the controller cpuacct is missing'
  const opening = openLibc()
  if (opening.kind === 'absent') return opening.reason
  try {
    return new LifetimeLoop({ ...options, hierarchy, root, libc: opening.libc })
  } catch (error) {
    return String(Object(error).message)
  }
}

function createIdleWatch(reason: string): LifetimeWatch {
  const ended = { last_reading: 0, parent_remainder: 0, last_sample: 0 }
  return {
    follow: () => undefined,
    state: () => ({ way: 'off', reason, followed: 0, ended }),
    close: () => undefined,
  }
}
