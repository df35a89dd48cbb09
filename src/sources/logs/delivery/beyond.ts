import type { Place } from '../entry.ts'
import { isCopy, isSameFile } from '../follow/file-id.ts'
import { furthest, reaches, type Tally } from './tally.ts'

/** A file, and what was counted when reading of it began. */
export interface BegunFile extends Tally {
  readonly fileId: bigint
}

/** What was read beyond the place up to which all is settled. */
export interface ReadBeyond {
  /** Files that reading began there, the oldest first. */
  readonly begun: readonly BegunFile[]
  /** Up to the end of the last block that was ever shipped; `undefined` where that is settled. */
  readonly shipped: Tally | undefined
}

/** Whoever rotates keeps fewer files: those before them are gone from the disk. */
const mostFiles = 32

/**
 * How far an origin was read before it was settled, also by an agent that was killed then. When the file of the settled place
 * is gone after that, reading goes on in a later file: what was shipped before it is never read again, and counts all the
 * same, since most of it was stored.
 */
export class Beyond {
  #begun: readonly BegunFile[]
  #shipped: Tally | undefined

  constructor({ begun, shipped }: ReadBeyond) {
    this.#begun = begun
    this.#shipped = shipped
  }

  /** Without files that lines come before which are in no block yet: they would count although nobody has them. */
  toKeep(settled: Tally): ReadBeyond {
    const shipped = this.#shipped
    const begun = this.#begun.filter((file) => reaches(shipped ?? settled, file))
    return { begun, shipped }
  }

  /**
   * What had been counted up to that place: in a file that was begun before, up to its beginning; before one that is not
   * known, all that was shipped, since files are read in their order. `undefined` where nobody was before, or in the middle
   * of a file, where only what is settled can be.
   */
  countedAt({ fileId, offset }: Place): Tally | undefined {
    if (offset > 0) return undefined
    return findFile(this.#begun, fileId) ?? this.#shipped
  }

  noteBegun({ fileId, offset }: Place, tally: Tally): void {
    if (fileId === 0n || offset > 0) return
    const begun = { fileId, ...tally }
    const known = this.#begun.findIndex((file) => file.fileId === fileId)
    // One that an agent before had begun keeps its place: those behind it are newer.
    this.#begun =
      known >= 0 ? this.#begun.with(known, begun) : [...this.#begun, begun].slice(-mostFiles)
  }

  noteShipped(tally: Tally): void {
    this.#shipped = this.#shipped === undefined ? tally : furthest(this.#shipped, tally)
  }

  /** Forgets what lies before the place up to which all is settled now. */
  settle(at: Place | undefined, tally: Tally): void {
    const file = this.#begun.findLastIndex(({ fileId }) => fileId === at?.fileId)
    const passed = at !== undefined && at.offset > 0 ? file + 1 : file
    if (passed > 0) this.#begun = this.#begun.slice(passed)
    if (this.#shipped !== undefined && reaches(tally, this.#shipped)) this.#shipped = undefined
  }
}

/** The id may have become whole in the meantime, or be that of a copy. */
function findFile(files: readonly BegunFile[], id: bigint): BegunFile | undefined {
  return (
    files.find(({ fileId }) => fileId === id) ??
    files.find(({ fileId }) => isSameFile(fileId, id, false)) ??
    files.find(({ fileId }) => isCopy(fileId, id, false))
  )
}
