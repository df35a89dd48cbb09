import type { Place } from './entry.ts'

/** Takes the bytes of the files of one origin, in their order, and makes lines of them. Whatever is in them, it does not throw. */
export interface ByteTaker {
  /**
   * What comes next is from this file, from `offset` on. A line that the file before left unfinished goes on in it. Without
   * an `endFile` before, the same file is read again from `resumeAt()` on: what waits here is forgotten, since it comes again.
   */
  readonly beginFile: (file: Place) => void
  /** The next bytes of the file. They are valid during the call only. */
  readonly take: (bytes: Uint8Array) => void
  /** The file will not grow any more, or has been cut: what comes next is another one. */
  readonly endFile: () => void
  /** Hands on what has waited for its continuation since before `sinceMs` (monotonic milliseconds). */
  readonly settle: (sinceMs: number) => void
  /** Nothing more comes: hands on whatever waits. */
  readonly end: () => void
  /**
   * From where the files must be read again, provided that all that was handed on so far is delivered: the end of what
   * was taken, or the beginning of the first line that still waits here or further on.
   */
  readonly resumeAt: () => Place
}
