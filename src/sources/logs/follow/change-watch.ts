import { closeSync } from 'node:fs'
import {
  decodeInotifyEvents,
  inotifyCreate,
  inotifyDelete,
  inotifyIgnored,
  inotifyModify,
  inotifyMovedFrom,
  inotifyMovedTo,
  inotifyOnce,
  inotifyOnlyFolder,
  inotifyOverflow,
  type InotifyEvent,
} from '../../../libc/inotify-event.ts'
import type { Libc } from '../../../libc/libc.ts'

/** Called with the name of the entry that came or went. */
export type FolderListener = (name: string, isMade: boolean) => void

/** Something that is watched until this is closed. */
export interface Watch {
  readonly isOver: () => boolean
  readonly close: () => void
}

interface Watched {
  readonly listeners: Set<FolderListener>
}

const made = inotifyCreate | inotifyMovedTo
const folderMask = made | inotifyMovedFrom | inotifyDelete | inotifyOnlyFolder
const fileMask = (inotifyModify | inotifyOnce) >>> 0
const buffer = Buffer.allocUnsafeSlow(64 * 1024)

/**
 * One inotify descriptor for all folders and files. A folder tells what comes and goes in it, not what is written. A file
 * tells the first time that it is written to, then has to be watched anew: however fast others write, there is one event
 * for each time that it was read to its end, and the kernel's queue does not run over.
 * @see inotify(7)
 */
export class ChangeWatch {
  readonly #libc: Libc
  readonly #onOverflow: () => void
  readonly #descriptor: number
  readonly #watched = new Map<number, Watched>()
  #handle: { close(): void } | undefined

  /** @throws {LibcError} If inotify cannot be had. */
  constructor(libc: Libc, onOverflow: () => void) {
    this.#libc = libc
    this.#onOverflow = onOverflow
    this.#descriptor = libc.inotifyCreate()
  }

  /** `undefined` if the folder is not there, or the user may have no more watches. */
  watchFolder(path: string, listener: FolderListener): Watch | undefined {
    return this.#watch(path, folderMask, listener)
  }

  /** Calls back once, when what the descriptor refers to has been written to or cut, whatever its name is by then. */
  watchFile(descriptor: number, listener: FolderListener): Watch | undefined {
    return this.#watch(`/proc/self/fd/${descriptor}`, fileMask, listener)
  }

  /** Calls all listeners of what has happened. @returns Whether anything has. */
  take(): boolean {
    let hasAny = false
    for (;;) {
      const length = this.#libc.read(this.#descriptor, buffer)
      if (length === 0) return hasAny
      hasAny = true
      for (const event of decodeInotifyEvents(buffer, length)) this.#tell(event)
    }
  }

  /** Calls back once, as soon as `take` would find something. */
  onNext(callback: () => void): void {
    this.#handle ??= this.#libc.onReady(this.#descriptor, () => {
      this.#closeHandle()
      // Within the call of the library promises would have to wait.
      setImmediate(callback)
    })
  }

  close(): void {
    this.#closeHandle()
    closeSync(this.#descriptor)
    this.#watched.clear()
  }

  #watch(path: string, mask: number, listener: FolderListener): Watch | undefined {
    const number = this.#tryWatch(path, mask)
    if (number === undefined) return undefined
    const watched = this.#watched.get(number) ?? { listeners: new Set() }
    this.#watched.set(number, watched)
    watched.listeners.add(listener)
    return {
      isOver: () => this.#watched.get(number) !== watched,
      close: () => {
        watched.listeners.delete(listener)
        if (watched.listeners.size > 0 || this.#watched.get(number) !== watched) return
        this.#watched.delete(number)
        this.#libc.inotifyForget(this.#descriptor, number)
      },
    }
  }

  #tryWatch(path: string, mask: number): number | undefined {
    try {
      return this.#libc.inotifyWatch(this.#descriptor, path, mask)
    } catch {
      return undefined
    }
  }

  #tell({ watch, mask, name }: InotifyEvent): void {
    if ((mask & inotifyOverflow) !== 0) {
      // Among what was lost may be the end of any watch: all have to be made anew.
      this.#watched.clear()
      this.#onOverflow()
    }
    const watched = this.#watched.get(watch)
    if (watched === undefined) return
    // A file's watch is over with its first event, a folder's with its end.
    if ((mask & (inotifyModify | inotifyIgnored)) !== 0) this.#watched.delete(watch)
    for (const listener of watched.listeners) listener(name, (mask & made) !== 0)
  }

  #closeHandle(): void {
    this.#handle?.close()
    this.#handle = undefined
  }
}
