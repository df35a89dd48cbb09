import { readdirSync, readlinkSync } from 'node:fs'
import type { CgroupLife } from '../../src/cgroup/lifetime/cgroup-life.ts'
import { findHierarchy } from '../../src/cgroup/hierarchy.ts'
import { createFileBudget } from '../../src/cgroup/kept-file.ts'
import { openLifetimeWatch, type LifetimeWatch } from '../../src/cgroup/lifetime/lifetime-watch.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { waitUntil } from './wait-until.ts'

/** A young container is read every 20 ms by a timer of this process, all figures at every eighth time. */
const turnMs = 40
const turnsToReadAll = 16

/** The real cgroups of this machine under watch, those of other tests among them. Leaving its `using` ends the watch. */
export interface WatchedLives extends Disposable {
  readonly watch: LifetimeWatch
  /** All told so far, in order. */
  readonly lives: readonly CgroupLife[]
  readonly faults: readonly string[]
  /** The lives of one container, once there are so many. */
  waitFor(containerId: string, count?: number): Promise<readonly CgroupLife[]>
  /**
   * Resolves when every figure of the containers that are young has been read since: should the machine be too busy to notice
   * an end in time, its life is told by these.
   */
  readAll(): Promise<void>
}

export function watchLives(): WatchedLives {
  const lives: CgroupLife[] = []
  const faults: string[] = []
  const watch = openLifetimeWatch({
    hierarchy: findHierarchy('/sys/fs/cgroup'),
    procRoot: '/proc',
    budget: createFileBudget(),
    onLife: (life) => lives.push(life),
    onFault: (message) => faults.push(message),
  })
  return {
    watch,
    lives,
    faults,
    waitFor: (containerId, count = 1) =>
      waitUntil(`${count} lives of ${containerId}`, 30_000, () => {
        if (faults.length > 0) throw new Error(faults.join('; '))
        const own = lives.filter((life) => life.containerId === containerId)
        return own.length >= count && own
      }),
    readAll: async () => {
      // Late timers are all late: counted in turns, not in time, this holds on a busy machine, too.
      for (let turn = 0; turn < turnsToReadAll; turn += 1) await sleep(turnMs)
    },
    [Symbol.dispose]: () => watch.close(),
  }
}

/** Descriptors of this process such as a watch opens: files of cgroups, of network namespaces, and what waits. */
export function countWatchDescriptors(): number {
  const kinds = /^\/sys\/fs\/cgroup\/|\/net\/dev$|\[pidfd\]|inotify|eventpoll/
  return readdirSync('/proc/self/fd').filter((name) => kinds.test(readLink(name))).length
}

function readLink(descriptor: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`)
  } catch {
    return ''
  }
}
