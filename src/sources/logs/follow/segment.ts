/** The end of what is there now. */
export const atEnd = 0
/** The file was cut, and begins anew. */
export const wasCut = -1
/** More comes as soon as it is decompressed. */
export const comesLater = -2

/** One file of an origin, open. */
export interface Segment {
  /** Device and inode: nothing else has them as long as the file is open. */
  readonly key: string
  readonly path: string
  /** `undefined` until the first line is whole. */
  readonly id: bigint | undefined
  /** Where the next read begins. */
  readonly offset: number
  /** Bytes that are there and were not read, as far as that is known. */
  readonly unreadBytes: () => number
  /** Whether its length is another one than was read: it grew, or was cut. */
  readonly hasChanged: () => boolean
  /** Whether it has no name any more, nowhere. */
  readonly isDeleted: () => boolean
  /**
   * Finds out its id, if that can be known yet. `isFinal`: its beginning will not grow any more, what is there has to do.
   * @returns Whether it has one.
   */
  readonly identify: (isFinal: boolean) => boolean
  /**
   * Reads what comes next into the buffer and moves on.
   * @returns How many bytes, or one of `atEnd`, `wasCut` and `comesLater`.
   * @throws {Error} As `readSync` does, or because it is damaged.
   */
  readonly read: (buffer: Buffer) => number
  readonly close: () => void
}

/** Who a file is, whatever its name. */
export function keyOf({ dev, ino }: { readonly dev: bigint; readonly ino: bigint }): string {
  return `${dev}:${ino}`
}
