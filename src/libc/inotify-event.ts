import { isLittleEndian } from './byte-order.ts'

/** What inotify tells of one entry of a watched folder. */
export interface InotifyEvent {
  /** The number of the watch; -1 in an overflow. */
  readonly watch: number
  readonly mask: number
  /** Joins the two events of a renaming. */
  readonly cookie: number
  /** The entry's name, empty when the event is about the folder itself. */
  readonly name: string
}

/** Bytes were written, or cut off. */
export const inotifyModify = 0x2
export const inotifyMovedFrom = 0x40
export const inotifyMovedTo = 0x80
export const inotifyCreate = 0x100
export const inotifyDelete = 0x200
/** Events were lost: the queue was full. */
export const inotifyOverflow = 0x4000
/** The watch is no more, its folder neither. */
export const inotifyIgnored = 0x8000
/** To be given with a watch: only folders can be watched. */
export const inotifyOnlyFolder = 0x0100_0000
/** The entry is a folder. */
export const inotifyIsFolder = 0x4000_0000
/** To be given with a watch: it ends with its first event. */
export const inotifyOnce = 0x8000_0000

const headerBytes = 16

/**
 * The events in the first `length` bytes of what was read from an inotify descriptor, in their order.
 * @see inotify(7)
 */
export function decodeInotifyEvents(bytes: Buffer, length: number): readonly InotifyEvent[] {
  const numbers = new DataView(bytes.buffer, bytes.byteOffset, length)
  const events: InotifyEvent[] = []
  let at = 0
  while (at + headerBytes <= length) {
    const nameBytes = numbers.getUint32(at + 12, isLittleEndian)
    const nameAt = at + headerBytes
    const end = bytes.indexOf(0, nameAt)
    events.push({
      watch: numbers.getInt32(at, isLittleEndian),
      mask: numbers.getUint32(at + 4, isLittleEndian),
      cookie: numbers.getUint32(at + 8, isLittleEndian),
      name: nameBytes === 0 ? '' : bytes.toString('utf8', nameAt, end),
    })
    at = nameAt + nameBytes
  }
  return events
}
