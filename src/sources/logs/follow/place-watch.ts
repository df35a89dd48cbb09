import { basename, dirname } from 'node:path'
import type { ChangeWatch, Watch } from './change-watch.ts'

/** Watches some paths by the folders they are in. Folders that are not there yet are tried again at each `set`. */
export class PlaceWatch {
  readonly #watch: ChangeWatch | undefined
  readonly #onChange: () => void
  readonly #folders = new Map<string, Watch>()
  #names: ReadonlySet<string> = new Set()

  constructor(watch: ChangeWatch | undefined, onChange: () => void) {
    this.#watch = watch
    this.#onChange = onChange
  }

  /** @returns Whether a folder is watched from now on that was not before. */
  set(...paths: readonly string[]): boolean {
    this.#names = new Set(paths.map((path) => basename(path)))
    const wanted = new Set(paths.map((path) => dirname(path)))
    for (const [folder, watch] of this.#folders) {
      if (wanted.has(folder) && !watch.isOver()) continue
      watch.close()
      this.#folders.delete(folder)
    }
    let hasNew = false
    for (const folder of wanted) hasNew = this.#add(folder) || hasNew
    return hasNew
  }

  close(): void {
    for (const watch of this.#folders.values()) watch.close()
    this.#folders.clear()
  }

  #add(folder: string): boolean {
    if (this.#folders.has(folder)) return false
    const watch = this.#watch?.watchFolder(folder, (name) => {
      // An empty name: the folder itself is gone.
      if (name === '' || this.#names.has(name)) this.#onChange()
    })
    if (watch !== undefined) this.#folders.set(folder, watch)
    return watch !== undefined
  }
}
