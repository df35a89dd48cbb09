import type { FlatValues } from './flat-values.ts'
import { KeptFile, type FileBudget } from './kept-file.ts'
import { parseNumber } from './parse-number.ts'

/** The longest of the files, v2's `memory.stat`, has about 1.5 KB; `io.stat` some hundred bytes a device. */
const buffer = Buffer.alloc(64 * 1024)

/** For files that are read seldom: none of them stays open. */
const noBudget: FileBudget = { left: 0 }

/** The files of one cgroup by name. Those that are read often are opened at their first read and stay open. */
export class FolderFiles<Name extends string> {
  readonly #pathOf: (name: string) => string
  readonly #budget: FileBudget
  readonly #places: Map<Name, number>
  readonly #files: (KeptFile | undefined)[] = []

  /** @param places Where each file is kept; one for all cgroups that have the same files makes finding them cheap. */
  constructor(
    pathOf: (name: string) => string,
    budget: FileBudget,
    places: Map<Name, number> = new Map(),
  ) {
    this.#pathOf = pathOf
    this.#budget = budget
    this.#places = places
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

  /** Hands the bytes to `parse`, which must keep none of them; `undefined` when the file is absent. */
  readBytes<Result>(
    name: Name,
    parse: (bytes: Buffer, length: number) => Result,
  ): Result | undefined {
    const length = this.#read(name)
    return length === undefined ? undefined : parse(buffer, length)
  }

  /** Like `readBytes()`, for a file that is read seldom: it does not stay open. */
  readBytesOnce<Result>(
    name: string,
    parse: (bytes: Buffer, length: number) => Result,
  ): Result | undefined {
    const length = this.#readOnce(name)
    return length === undefined ? undefined : parse(buffer, length)
  }

  /** Like `readNumber()`, for a file that is read seldom: it does not stay open. */
  readNumberOnce(name: string): number | undefined {
    return this.#readOnce(name) === undefined ? undefined : parseNumber(buffer, 0)
  }

  /** The whole text of a file that is read seldom, without the white space around it; empty when it is absent. */
  readTextOnce(name: string): string {
    const length = this.#readOnce(name)
    return length === undefined ? '' : buffer.toString('latin1', 0, length).trim()
  }

  close(): void {
    for (const file of this.#files) file?.close()
  }

  #read(name: Name): number | undefined {
    let place = this.#places.get(name)
    if (place === undefined) {
      place = this.#places.size
      this.#places.set(name, place)
    }
    const file = (this.#files[place] ??= new KeptFile(this.#pathOf(name), this.#budget))
    return file.read(buffer)
  }

  #readOnce(name: string): number | undefined {
    return new KeptFile(this.#pathOf(name), noBudget).read(buffer)
  }
}
