import type { LogEncoding } from '../../../component/log-config.ts'

/** Finds the next line end from the begin of a unit on; -1 without one. */
export type FindEnd = (bytes: Buffer, from: number) => number

/** How lines end in an encoding, and how many bytes its units have. */
export function lineEndOf(encoding: LogEncoding): { findEnd: FindEnd; unitBytes: number } {
  if (encoding === 'utf-16-le') return { findEnd: findPair(0), unitBytes: 2 }
  if (encoding === 'utf-16-be') return { findEnd: findPair(1), unitBytes: 2 }
  // No character of the others has it as its second byte, Shift JIS included.
  return { findEnd: findByte, unitBytes: 1 }
}

/** The line end of one byte. */
export const findByte: FindEnd = (bytes, from) => bytes.indexOf(lineEnd, from)

const lineEnd = 10

/** @param place Where in its pair of bytes the line end is, beside a zero. */
function findPair(place: 0 | 1): FindEnd {
  return (bytes, from) => {
    for (let at = bytes.indexOf(lineEnd, from); at >= 0; at = bytes.indexOf(lineEnd, at + 1)) {
      const unit = at - place
      if ((unit - from) % 2 === 0 && bytes[unit + 1 - place] === 0) return unit
    }
    return -1
  }
}
