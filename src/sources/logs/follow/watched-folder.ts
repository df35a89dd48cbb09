import { readdirSync } from 'node:fs'
import type { ChangeWatch, Watch } from './change-watch.ts'
import type { Swept } from './sweep.ts'

/** Tells of each entry that is made in a folder; what is there at the beginning is not told. */
export class WatchedFolder implements Swept {
  readonly #path: string
  readonly #onEntry: (name: string) => void
  readonly #changes: ChangeWatch | undefined
  #names: Set<string>
  #watch: Watch | undefined

  constructor(path: string, onEntry: (name: string) => void, changes: ChangeWatch | undefined) {
    this.#path = path
    this.#onEntry = onEntry
    this.#changes = changes
    this.#listen()
    this.#names = new Set(listNames(path))
  }

  /** What the kernel did not tell, and the folder itself when it has just been made. */
  sweep(): void {
    this.#listen()
    const now = listNames(this.#path)
    const before = this.#names
    this.#names = new Set(now)
    for (const name of now) if (!before.has(name)) this.#onEntry(name)
  }

  close(): void {
    this.#watch?.close()
  }

  #listen(): void {
    if (this.#watch?.isOver() === false) return
    this.#watch = this.#changes?.watchFolder(this.#path, (name, isMade) => {
      if (name === '') return
      if (!isMade) this.#names.delete(name)
      else if (!this.#names.has(name)) {
        this.#names.add(name)
        this.#onEntry(name)
      }
    })
  }
}

function listNames(path: string): readonly string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}
