import { getSystemErrorName } from 'node:util'
import { decodeEpollTokens, encodeEpollEvent, epollEventBytes } from './epoll-event.ts'
import { loadKoffi, type Koffi } from './load-koffi.ts'

/** A call of the C library that failed. */
export class LibcError extends Error {
  /** `ENOENT`, `EPERM`, … */
  readonly code: string

  constructor(what: string, errno: number) {
    const code = getSystemErrorName(-errno)
    super(`Cannot ${what}: ${code}`)
    this.name = 'LibcError'
    this.code = code
  }
}

/**
 * Calls of the C library that Node does not offer. None of them blocks. Descriptors that they give are closed with
 * `closeSync` of `node:fs`.
 */
export interface Libc {
  /** @throws {LibcError} */
  epollCreate(): number
  /**
   * @param token A number below 2^32 that `epollReady` gives back.
   * @throws {LibcError}
   */
  epollAdd(epoll: number, watched: EpollWatch): void
  /** The tokens of what is ready now, at most 64; the others next time. */
  epollReady(epoll: number): readonly number[]
  /** @throws {LibcError} */
  inotifyCreate(): number
  /**
   * @returns The number of the watch, the same again for a folder that is watched already.
   * @throws {LibcError} `ENOENT` if the folder is gone, `ENOSPC` if the user may have no more watches.
   */
  inotifyWatch(inotify: number, path: string, mask: number): number
  inotifyForget(inotify: number, watch: number): void
  /** @returns A descriptor that is ready once the process has ended; `undefined` when it is gone or cannot be seen. */
  pidfdOpen(pid: number): number | undefined
  /** Reads what is there now; 0 when there is nothing. */
  read(descriptor: number, buffer: Buffer): number
  /**
   * Calls back in the event loop as long as the descriptor is ready. Promises and ticks wait until the loop goes on: use
   * `setImmediate` to call others.
   */
  onReady(descriptor: number, callback: () => void): { close(): void }
}

/** The C library, or in one sentence why it cannot be called. */
export type LibcOpening =
  | { readonly kind: 'open'; readonly libc: Libc }
  | { readonly kind: 'absent'; readonly reason: string }

/** Number of `pidfd_open`, the same on all architectures that Node runs on. */
const pidfdOpenNumber = 434
const closeOnExec = 0o2_000_000
const nonBlocking = 0o4000
const epollAddCode = 1
const maxReady = 64

/** Loads koffi, which no other folder does, and through it the C library that Node itself runs on. */
export function openLibc(): LibcOpening {
  if (process.platform !== 'linux') return { kind: 'absent', reason: 'this is not Linux' }
  try {
    return { kind: 'open', libc: bindCalls(loadKoffi()) }
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)
    return { kind: 'absent', reason: `koffi cannot be loaded: ${reason}` }
  }
}

function bindCalls(koffi: Koffi): Libc {
  const library = koffi.load(null)
  const epollCreate1 = library.func('int epoll_create1(int)')
  const epollCtl = library.func('int epoll_ctl(int, int, int, void *)')
  const epollWait = library.func('int epoll_wait(int, void *, int, int)')
  const inotifyInit1 = library.func('int inotify_init1(int)')
  const inotifyAddWatch = library.func('int inotify_add_watch(int, const char *, uint32_t)')
  const inotifyRemoveWatch = library.func('int inotify_rm_watch(int, int)')
  const syscall = library.func('long syscall(long, int, uint32_t)')
  const readCall = library.func('long read(int, void *, size_t)')
  const ready = Buffer.alloc(maxReady * epollEventBytes)
  const check = (what: string, answer: number): number => {
    if (answer < 0) throw new LibcError(what, koffi.errno())
    return answer
  }
  return {
    epollCreate: () => check('make an epoll descriptor', epollCreate1(closeOnExec)),
    epollAdd: (epoll, { descriptor, events, token }) => {
      const event = encodeEpollEvent(events, token)
      check('watch a descriptor', epollCtl(epoll, epollAddCode, descriptor, event))
    },
    epollReady: (epoll) =>
      decodeEpollTokens(ready, Math.max(0, epollWait(epoll, ready, maxReady, 0))),
    inotifyCreate: () =>
      check('make an inotify descriptor', inotifyInit1(closeOnExec | nonBlocking)),
    inotifyWatch: (inotify, path, mask) =>
      check(`watch the folder ${path}`, inotifyAddWatch(inotify, path, mask)),
    inotifyForget: (inotify, watch) => {
      inotifyRemoveWatch(inotify, watch)
    },
    pidfdOpen: (pid) => {
      const descriptor = syscall(pidfdOpenNumber, pid, 0)
      return descriptor < 0 ? undefined : descriptor
    },
    read: (descriptor, buffer) => Math.max(0, readCall(descriptor, buffer, buffer.length)),
    onReady: (descriptor, callback) => {
      // Garbage collection would stop the handle silently: what is given back refers to it.
      const handle = koffi.node.poll(descriptor, callback)
      handle.unref()
      return { close: () => handle.close() }
    },
  }
}

/** What `epollAdd` is to watch. */
export interface EpollWatch {
  readonly descriptor: number
  readonly events: number
  readonly token: number
}
