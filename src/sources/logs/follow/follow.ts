import type { ByteTaker } from '../byte-taker.ts'
import type { Place } from '../entry.ts'

/** A file, with those that it is rotated into, to be read in the order in which they were written. */
export interface FollowRequest {
  /** The file that is written to now; it need not be there yet. */
  readonly path: string
  /**
   * What a rotation makes of it: `numbered` `<path>.1`, `<path>.2`, …, with `.gz` or without, the newest first, as Docker
   * does; `stamped` `<path>.<time>`, with `.gz` or without, as the kubelet does; `any` whatever it is renamed to or copied
   * from, known by its inode.
   */
  readonly rotation: 'numbered' | 'stamped' | 'any'
  /** Of whose bytes two files can be told apart by their first line alone, since it carries a time. */
  readonly hasTimedLines: boolean
  readonly to: ByteTaker
  /** Where reading ended; without it, `start` counts. */
  readonly resume: Place | undefined
  readonly start: 'beginning' | 'end'
  /** After reading: whether the pointer may have moved, lines or not. */
  readonly onRead: () => void
  /** Told once for each state that a person should know: cannot be opened, too many open files, … */
  readonly onFault: (message: string) => void
}

/** A file that is being followed. */
export interface Following {
  readonly standing: () => {
    readonly readBytes: number
    readonly lostBytes: number
    readonly rotations: number
  }
  /** What its files hold at this moment that was not read yet. */
  readonly unreadBytes: () => number
  /** Resolves once all that is on disk at this moment has been read, or can never be. */
  readonly drained: () => Promise<void>
  /** Nobody writes to it any more: reads what is left, ends the taker, closes. */
  readonly finish: () => Promise<void>
  /** Closes at once; the taker is not ended. */
  readonly close: () => void
}

export interface FollowOptions {
  readonly openFilesLimit: number
  /** The slow sweep. */
  readonly scanPeriodMs: number
  readonly closeTimeoutMs: number
  /** What may be left to be read in deleted files of one origin that are kept open beyond that time. */
  readonly heldBytes: number
  readonly aggregationTimeoutMs: number
  /** `undefined` when there is room for lines; else resolves when there is. */
  readonly room: () => Promise<void> | undefined
  readonly nowMs: () => number
}

/** Reads all followed files in turn, whenever the kernel says that one of them grew. */
export interface FileFollower {
  readonly follow: (request: FollowRequest) => Following
  /**
   * Watches folders by inotify for files that appear and go; the sweep looks where inotify cannot.
   * `onFiles` is told the full list of those that match, once at the start and after each change.
   */
  readonly watchFiles: (
    pattern: { readonly path: string; readonly exclude: readonly string[] },
    onFiles: (paths: readonly string[]) => void,
  ) => { close(): void }
  /** Watches one folder for entries made in it: told at once, before the sweep. */
  readonly watchFolder: (path: string, onEntry: (name: string) => void) => { close(): void }
  readonly openFiles: () => number
  readonly close: () => void
}
