import { closeSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  decodeInotifyEvents,
  inotifyCreate,
  inotifyDelete,
  inotifyIgnored,
  inotifyIsFolder,
  inotifyMovedFrom,
  inotifyMovedTo,
  inotifyOnlyFolder,
  inotifyOverflow,
  type InotifyEvent,
} from '../../libc/inotify-event.ts'
import type { Libc } from '../../libc/libc.ts'

/** A folder that came or went. Paths are relative to the root of the tree, which is ''. */
export interface FolderChange {
  readonly kind: 'made' | 'gone'
  readonly parent: string
  readonly name: string
}

export interface FolderTreeOptions {
  readonly libc: Libc
  /** Root of a hierarchy of cgroups. */
  readonly root: string
  /** Whether nothing below such a folder matters. */
  readonly isLeaf: (name: string) => boolean
  readonly onFault: (message: string) => void
}

interface WatchedFolder {
  readonly path: string
  readonly children: Set<string>
}

/** Pods of Kubernetes are four folders down. */
const maxDepth = 8
const maxFolders = 2000
const wanted = inotifyCreate | inotifyDelete | inotifyMovedFrom | inotifyMovedTo | inotifyOnlyFolder
const buffer = Buffer.alloc(64 * 1024)

/** The folders of a hierarchy of cgroups down to the containers' own, watched by inotify: one watch a folder that is no leaf. */
export class FolderTree {
  /** Ready when something has changed. */
  readonly descriptor: number
  readonly #options: FolderTreeOptions
  readonly #folders = new Map<number, WatchedFolder>()
  #changes: FolderChange[] = []
  #isFull = false

  /** @throws {LibcError} If inotify cannot be had. */
  constructor(options: FolderTreeOptions) {
    this.#options = options
    this.descriptor = options.libc.inotifyCreate()
    this.#watch('')
  }

  get folderCount(): number {
    return this.#folders.size
  }

  /** What has changed since the last call, in order; at the first call everything that is there is `made`. */
  takeChanges(): readonly FolderChange[] {
    this.#readEvents()
    const changes = this.#changes
    this.#changes = []
    return changes
  }

  /** The folders in a watched one, as far as they are known. */
  childrenOf(path: string): ReadonlySet<string> {
    return this.#find(path)?.children ?? new Set()
  }

  /**
   * Watches the way down to a folder, even where it is too deep or too much otherwise. The folder itself is met only if it is
   * there: of one that is just gone here, another controller may still have a folder.
   */
  watchTo(path: string): void {
    this.#readEvents()
    let parent = ''
    for (const name of path.split('/')) {
      if (this.#find(parent) === undefined) this.#watch(parent)
      parent = join(parent, name)
    }
  }

  close(): void {
    closeSync(this.descriptor)
  }

  #readEvents(): void {
    for (;;) {
      const length = this.#options.libc.read(this.descriptor, buffer)
      if (length === 0) return
      for (const event of decodeInotifyEvents(buffer, length)) this.#take(event)
    }
  }

  #take({ watch, mask, name }: InotifyEvent): void {
    if ((mask & inotifyOverflow) !== 0) this.#lookAgain()
    const folder = this.#folders.get(watch)
    if (folder === undefined) return
    if ((mask & inotifyIgnored) !== 0) {
      for (const child of folder.children) this.#forget(folder, child)
      this.#folders.delete(watch)
      return
    }
    if ((mask & inotifyIsFolder) === 0) return
    if ((mask & (inotifyCreate | inotifyMovedTo)) !== 0) this.#meet(folder, name)
    if ((mask & (inotifyDelete | inotifyMovedFrom)) !== 0) this.#forget(folder, name)
  }

  #meet(folder: WatchedFolder, name: string): void {
    if (folder.children.has(name)) return
    folder.children.add(name)
    this.#changes.push({ kind: 'made', parent: folder.path, name })
    const path = join(folder.path, name)
    if (this.#options.isLeaf(name) || path.split('/').length > maxDepth) return
    if (this.#hasRoom()) this.#watch(path)
  }

  #forget(folder: WatchedFolder, name: string): void {
    if (folder.children.delete(name)) {
      this.#changes.push({ kind: 'gone', parent: folder.path, name })
    }
  }

  /** The watch comes first, so that no folder is made unseen between the two. */
  #watch(path: string): void {
    const { libc, root, onFault } = this.#options
    try {
      const watch = libc.inotifyWatch(this.descriptor, join(root, path), wanted)
      const folder = { path, children: new Set<string>() }
      this.#folders.set(watch, folder)
      for (const name of listFolders(join(root, path))) this.#meet(folder, name)
    } catch (error) {
      if (Object(error).code !== 'ENOENT') onFault(String(Object(error).message))
    }
  }

  #find(path: string): WatchedFolder | undefined {
    for (const folder of this.#folders.values()) if (folder.path === path) return folder
    return undefined
  }

  #hasRoom(): boolean {
    if (this.#folders.size < maxFolders) return true
    if (!this.#isFull) {
      this.#options.onFault(`Cannot watch more than ${maxFolders} folders of cgroups`)
    }
    this.#isFull = true
    return false
  }

  /** After events were lost: what the folders hold now, against what was known. */
  #lookAgain(): void {
    for (const folder of this.#folders.values()) {
      const now = new Set(listFolders(join(this.#options.root, folder.path)))
      for (const name of folder.children) if (!now.has(name)) this.#forget(folder, name)
      for (const name of now) this.#meet(folder, name)
    }
  }
}

function listFolders(path: string): readonly string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
  } catch {
    return []
  }
}
