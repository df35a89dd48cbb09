import type { FlatValues } from './flat-values.ts'
import { KeptFile, type FileBudget } from './kept-file.ts'
import { parseNumber } from './parse-number.ts'

/** The longest of the files, v2's `memory.stat`, has about 1.5 KB; `io.stat` some hundred bytes a device. */
const buffer = Buffer.alloc(64 * 1024)

/** The files of one cgroup by name, each opened at its first read and kept open. */
export class FolderFiles<Name extends string> {
  readonly #pathOf: (name: Name) => string
  readonly #budget: FileBudget
  readonly #files = new Map<Name, KeptFile>()

  constructor(pathOf: (name: Name) => string, budget: FileBudget) {
    this.#pathOf = pathOf
    this.#budget = budget
  }

  /** Reads a file of `key value` lines into `values`; `false`, and no values, when it is absent. */
  readFlat<Key extends string>(name: Name, values: FlatValues<Key>): boolean {
    const length = this.#read(name)
    values.parse(buffer, length ?? 0)
    return length !== undefined
  }

  /** The one number in a file; `undefined` when it is absent or says something else, such as `max`. */
  readNumber(name: Name): number | undefined {
    return this.#read(name) === undefined ? undefined : parseNumber(buffer, 0)
  }

  readText(name: Name): string | undefined {
    const length = this.#read(name)
    return length === undefined ? undefined : buffer.toString('latin1', 0, length)
  }

  close(): void {
    for (const file of this.#files.values()) file.close()
  }

  #read(name: Name): number | undefined {
    let file = this.#files.get(name)
    if (file === undefined) {
      file = new KeptFile(this.#pathOf(name), this.#budget)
      this.#files.set(name, file)
    }
    return file.read(buffer)
  }
}
