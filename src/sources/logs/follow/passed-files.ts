import { isCopy } from './file-id.ts'
import { peekId } from './peek-id.ts'
import type { ListedFile } from './rotated-files.ts'
import type { Segment } from './segment.ts'

const maxIds = 64

/** Files that were read to their end, and are known again by their ids. */
export class PassedFiles {
  readonly #hasTimedLines: boolean
  readonly #ids = new Set<bigint>()

  constructor(hasTimedLines: boolean) {
    this.#hasTimedLines = hasTimedLines
  }

  get lastId(): bigint | undefined {
    return [...this.#ids].at(-1)
  }

  add({ id }: Segment): void {
    if (id === undefined) return
    this.#ids.delete(id)
    this.#ids.add(id)
    const [oldest] = this.#ids
    if (oldest !== undefined && this.#ids.size > maxIds) this.#ids.delete(oldest)
  }

  /** Whether it is one of them, or one of those that are open, or what one of all these was compressed into. */
  includes(file: ListedFile, open: readonly Segment[]): boolean {
    const id = peekId(file, this.#hasTimedLines)
    if (id === undefined) return false
    const known = [...this.#ids, ...open.map((segment) => segment.id)]
    if (!file.isCompressed) return known.includes(id)
    return known.some((other) => other !== undefined && isCopy(other, id, this.#hasTimedLines))
  }

  /** Where in a list the newest copy of a file is, compressed or not; -1 if there is none. */
  findCopy(files: readonly ListedFile[], fileId: bigint): number {
    return files.findLastIndex((file) => {
      const id = peekId(file, this.#hasTimedLines)
      return id !== undefined && isCopy(fileId, id, this.#hasTimedLines)
    })
  }
}
