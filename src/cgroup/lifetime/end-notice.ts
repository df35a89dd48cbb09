import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { epollIn, epollPriority } from '../../libc/epoll-event.ts'
import type { Libc } from '../../libc/libc.ts'
import type { FileBudget } from '../kept-file.ts'

/** How a cgroup's last process is noticed. */
export interface EndNotice {
  /**
   * Starts to wait, unless it waits already.
   * @returns `false` when it cannot yet, or not at all: no process is in the cgroup or seen from here.
   */
  readonly follow: () => boolean
  /** To be asked when the notice has come: whether no process is left. */
  readonly isOver: () => boolean
  readonly close: () => void
}

export interface NoticeOptions {
  readonly libc: Libc
  readonly epoll: number
  /** What epoll gives back when the notice comes. */
  readonly token: number
  readonly budget: FileBudget
}

const buffer = Buffer.alloc(4096)
const goneCodes: ReadonlySet<unknown> = new Set(['ENOENT', 'ENODEV'])

/**
 * cgroup v2 says itself when a cgroup gets its first process and loses its last.
 * @see kernel docs, cgroup-v2, "[Un]populated Notification"
 */
export function openPopulatedNotice(folder: string, options: NoticeOptions): EndNotice {
  const { budget } = options
  let descriptor: number | undefined
  let wasPopulated = false
  const close = (): void => {
    descriptor = closeWithin(budget, descriptor)
  }
  const isPopulated = (): boolean | undefined => {
    const text = readText(descriptor)
    return text === undefined ? undefined : /^populated 1$/m.test(text)
  }
  return {
    follow: () => {
      if (descriptor !== undefined) return true
      descriptor = openWithin(budget, () => openSync(join(folder, 'cgroup.events'), 'r'))
      if (descriptor === undefined) return false
      if (!wait(options, descriptor, epollPriority)) close()
      // Only what changes after the first reading is told.
      wasPopulated = isPopulated() ?? false
      return descriptor !== undefined
    },
    isOver: () => {
      const isNow = isPopulated()
      if (isNow === true) wasPopulated = true
      return isNow === undefined || (wasPopulated && !isNow)
    },
    close,
  }
}

/**
 * cgroup v1 says nothing, but a process's end can be waited for: one of the cgroup's is followed, and when it ends the next,
 * until none is left. The first is the runtime's own.
 * @param folder The cgroup in the hierarchy whose CPU time is read.
 * @see pidfd_open(2)
 */
export function openProcessNotice(folder: string, options: NoticeOptions): EndNotice {
  const { libc, budget } = options
  let descriptor: number | undefined
  const close = (): void => {
    descriptor = closeWithin(budget, descriptor)
  }
  const follow = (): boolean => {
    if (descriptor !== undefined) return true
    for (const pid of readPids(folder) ?? []) {
      if (pid === 0) continue
      descriptor = openWithin(budget, () => libc.pidfdOpen(pid))
      if (descriptor === undefined) continue
      if (wait(options, descriptor, epollIn)) return true
      close()
    }
    return false
  }
  return {
    follow,
    isOver: () => {
      close()
      return !follow() && readPids(folder)?.length === 0
    },
    close,
  }
}

/**
 * The processes in a cgroup as this process numbers them. From a PID namespace of its own it cannot see them: they are 0
 * (v2) or left out (v1).
 * @returns None when the cgroup is gone; `undefined` when they cannot be read now, such as for want of descriptors.
 */
export function readPids(folder: string): readonly number[] | undefined {
  try {
    const text = readFileSync(join(folder, 'cgroup.procs'), 'latin1')
    return text.split('\n').slice(0, -1).map(Number)
  } catch (error) {
    return goneCodes.has(Object(error).code) ? [] : undefined
  }
}

function wait(options: NoticeOptions, descriptor: number, events: number): boolean {
  const { libc, epoll, token } = options
  try {
    libc.epollAdd(epoll, { descriptor, events, token })
    return true
  } catch {
    return false
  }
}

function readText(descriptor: number | undefined): string | undefined {
  if (descriptor === undefined) return undefined
  try {
    return buffer.toString('latin1', 0, readSync(descriptor, buffer, 0, buffer.length, 0))
  } catch {
    return undefined
  }
}

function openWithin(budget: FileBudget, open: () => number | undefined): number | undefined {
  if (budget.left <= 0) return undefined
  try {
    const descriptor = open()
    if (descriptor !== undefined) budget.left -= 1
    return descriptor
  } catch {
    return undefined
  }
}

function closeWithin(budget: FileBudget, descriptor: number | undefined): undefined {
  if (descriptor === undefined) return
  closeSync(descriptor)
  budget.left += 1
}
