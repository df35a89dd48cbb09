import type { ChangeWatch, Watch } from './change-watch.ts'
import { readGlob, type Glob } from './glob.ts'
import type { Swept } from './sweep.ts'

export interface PatternOptions {
  readonly path: string
  readonly exclude: readonly string[]
  readonly watch: ChangeWatch | undefined
  readonly onFiles: (paths: readonly string[]) => void
}

/** Tells which files match a pattern, whenever that changes. */
export class WatchedPattern implements Swept {
  readonly #options: PatternOptions
  readonly #glob: Glob
  readonly #exclude: readonly Glob[]
  readonly #folders = new Map<string, Watch>()
  #told: string | undefined
  #next: NodeJS.Immediate | undefined

  /** @throws {GlobError} */
  constructor(options: PatternOptions) {
    this.#options = options
    this.#glob = readGlob(options.path)
    this.#exclude = options.exclude.map((pattern) => readGlob(pattern))
    this.sweep()
  }

  sweep(): void {
    let { files, folders } = this.#glob.list()
    // What came between the listing and the watch is in the next listing.
    if (this.#watchAll(folders)) ({ files, folders } = this.#glob.list())
    this.#tell(files)
  }

  close(): void {
    clearImmediate(this.#next)
    for (const watch of this.#folders.values()) watch.close()
    this.#folders.clear()
  }

  /** @returns Whether a folder is watched that was not before. */
  #watchAll(folders: readonly string[]): boolean {
    const wanted = new Set(folders)
    for (const [folder, watch] of this.#folders) {
      if (wanted.has(folder) && !watch.isOver()) continue
      watch.close()
      this.#folders.delete(folder)
    }
    const missing = folders.filter((folder) => !this.#folders.has(folder))
    for (const folder of missing) {
      const watch = this.#options.watch?.watchFolder(folder, () => this.#lookSoon())
      if (watch !== undefined) this.#folders.set(folder, watch)
    }
    return missing.length > 0
  }

  /** Many files may come at the same time. */
  #lookSoon(): void {
    this.#next ??= setImmediate(() => {
      this.#next = undefined
      this.sweep()
    })
  }

  #tell(files: readonly string[]): void {
    const matching = files.filter((path) => !this.#exclude.some((glob) => glob.isMatch(path)))
    const told = matching.join('\0')
    if (told === this.#told) return
    this.#told = told
    this.#options.onFiles(matching)
  }
}
