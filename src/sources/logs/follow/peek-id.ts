import { CompressedSegment } from './compressed-segment.ts'
import { PlainSegment } from './plain-segment.ts'
import type { ListedFile } from './rotated-files.ts'
import type { Segment } from './segment.ts'

/** The id of a file that is not open; `undefined` if it cannot be read, or is empty. */
export function peekId(file: ListedFile, hasTimedLines: boolean): bigint | undefined {
  const segment = tryOpen(file, hasTimedLines)
  if (segment === undefined) return undefined
  try {
    return segment.identify(true) ? segment.id : undefined
  } catch {
    return undefined
  } finally {
    segment.close()
  }
}

function tryOpen({ path, isCompressed }: ListedFile, hasTimedLines: boolean): Segment | undefined {
  try {
    if (!isCompressed) return new PlainSegment(path, hasTimedLines)
    return new CompressedSegment(path, { hasTimedLines, offset: 0, onReadable: () => undefined })
  } catch {
    return undefined
  }
}
