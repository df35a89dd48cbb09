import { decodeEpollToken, encodeEpollEvent, epollEventBytes, epollIn } from './epoll-event.ts'
import type { Koffi } from './load-koffi.ts'

const closeOnExec = 0o2_000_000
const addCode = 1
const removeCode = 2
const maxReady = 64

type Library = ReturnType<Koffi['load']>

/** The calls of epoll. */
export interface EpollCalls {
  readonly create: (flags: number) => number
  readonly control: (...values: readonly unknown[]) => number
  readonly wait: (...values: readonly unknown[]) => number
  readonly close: (descriptor: number) => number
}

export function bindEpoll(library: Library): EpollCalls {
  return {
    create: library.func('int epoll_create1(int)'),
    control: library.func('int epoll_ctl(int, int, int, void *)'),
    wait: library.func('int epoll_wait(int, void *, int, int)'),
    close: library.func('int close(int)'),
  }
}

/** Descriptors that a thread waits for until one of them can be read. Nothing is made while it waits. @see epoll(7) */
export class ReadySet {
  readonly #calls: EpollCalls
  readonly #epoll: number
  readonly #events: Buffer = Buffer.alloc(maxReady * epollEventBytes)

  /** @param check Throws when a call has failed. */
  constructor(calls: EpollCalls, check: (what: string, answer: number) => number) {
    this.#calls = calls
    this.#epoll = check('make an epoll descriptor', calls.create(closeOnExec))
    this.#check = check
  }

  readonly #check: (what: string, answer: number) => number

  /** @throws {LibcError} */
  add(descriptor: number): void {
    const event = encodeEpollEvent(epollIn, descriptor)
    this.#check('watch a descriptor', this.#calls.control(this.#epoll, addCode, descriptor, event))
  }

  /** Does nothing where it is not watched. */
  remove(descriptor: number): void {
    this.#calls.control(this.#epoll, removeCode, descriptor, this.#events)
  }

  /**
   * Stops the thread, so that only a worker may call it with a time, until something is ready or the time is over.
   * @returns How many descriptors are ready, at most 64: `at` tells which. The others are ready next time.
   */
  wait(timeoutMs: number): number {
    return Math.max(0, this.#calls.wait(this.#epoll, this.#events, maxReady, timeoutMs))
  }

  /** A descriptor that the last `wait` found. */
  at(index: number): number {
    return decodeEpollToken(this.#events, index)
  }

  close(): void {
    this.#calls.close(this.#epoll)
  }
}
