import type { FileCursor } from './file-cursor.ts'
import type { LineReader } from './line-splitter.ts'
import { emptyPart, type PartJoiner, rawLane } from './part-joiner.ts'

export interface LineReaderOptions {
  readonly cursor: FileCursor
  readonly joiner: PartJoiner
  readonly onDamage: (what: string) => void
}

/** Hands on what it is given as it is, and tells so. */
export function openRawReader({ cursor, joiner, onDamage }: LineReaderOptions): LineReader {
  const part = emptyPart(rawLane)
  let isTold = false

  function add(isLast: boolean, bytes: Buffer, range: readonly [number, number]): void {
    if (!isTold) onDamage(`cannot read the line at byte ${cursor.base + range[0]}`)
    isTold = !isLast
    part.bytes = bytes
    ;[part.start, part.end] = range
    part.timeNs = cursor.readAtNs
    part.position = cursor.base + range[0]
    part.fileBytes = range[1] - range[0]
    part.isLast = isLast
    joiner.add(part)
  }

  return {
    line: (bytes, start, end) => add(true, bytes, [start, end]),
    part: (bytes, start, end) => add(false, bytes, [start, end]),
    lastPart: (bytes, start, end) => add(true, bytes, [start, end]),
  }
}
