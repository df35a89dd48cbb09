import type { Entry, Place } from '../../entry.ts'

/** What made one entry of several lines, as Datadog's tags `multiline:` and `truncated:` call it. */
export type JoinedBy = 'single_line' | 'multiline_regex' | 'auto_multiline'

/** Takes entries; lines in them are parted by a line feed. */
export type LineTaker = (entry: Entry, joinedBy: JoinedBy) => void

/** Lines that wait: where the first of them begins, and how early that was. */
export interface Waiting {
  readonly place: Place
  readonly order: number
}

/** The one that began first. */
export function earliest(waiting: Iterable<Waiting | undefined>): Waiting | undefined {
  let first: Waiting | undefined
  for (const one of waiting)
    if (one !== undefined && (first === undefined || one.order < first.order)) first = one
  return first
}

let lastOrder = 0

/** A number that is larger than all before. */
export function nextOrder(): number {
  lastOrder += 1
  return lastOrder
}

/** An entry to be filled. */
export function emptyEntry(): Entry {
  return {
    bytes: new Uint8Array(0),
    start: 0,
    end: 0,
    timeNs: 0n,
    output: 0,
    fileId: 0n,
    position: 0,
    cut: 'none',
  }
}

/** Makes `to` the same as `from`; the bytes are not copied. */
export function copyEntry(from: Entry, to: Entry): void {
  to.bytes = from.bytes
  to.start = from.start
  to.end = from.end
  to.timeNs = from.timeNs
  to.output = from.output
  to.fileId = from.fileId
  to.position = from.position
  to.cut = from.cut
}
