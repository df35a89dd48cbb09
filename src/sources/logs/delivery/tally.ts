import type { LineCounts } from '../line-counts.ts'

/** What was counted of an origin up to one place in it. */
export interface Tally {
  readonly counts: Readonly<LineCounts>
  readonly readBytes: number
  readonly lostBytes: number
  readonly rotations: number
}

export const emptyTally: Tally = {
  counts: { readLines: 0, handedLines: 0, droppedLines: 0, truncatedLines: 0 },
  readBytes: 0,
  lostBytes: 0,
  rotations: 0,
}

export function addTallies(one: Tally, other: Tally): Tally {
  return combine(one, other, (a, b) => a + b)
}

/** That of the further of two places. */
export function furthest(one: Tally, other: Tally): Tally {
  return combine(one, other, Math.max)
}

/** Whether nothing was counted between `settled` and `other`. */
export function reaches(settled: Tally, other: Tally): boolean {
  return settled.counts.readLines >= other.counts.readLines && settled.readBytes >= other.readBytes
}

/**
 * What was counted between two places, nothing where `to` is not the later. Its lines are as many as were read: where the
 * rules have changed in between, some may have been handed over before and left out now.
 */
export function between(from: Tally, to: Tally): Tally {
  const all = combine(from, to, (a, b) => Math.max(0, b - a))
  const { readLines, truncatedLines } = all.counts
  const handedLines = Math.min(readLines, all.counts.handedLines)
  const droppedLines = readLines - handedLines
  return { ...all, counts: { readLines, handedLines, droppedLines, truncatedLines } }
}

function combine(one: Tally, other: Tally, by: (a: number, b: number) => number): Tally {
  const [a, b] = [one.counts, other.counts]
  return {
    counts: {
      readLines: by(a.readLines, b.readLines),
      handedLines: by(a.handedLines, b.handedLines),
      droppedLines: by(a.droppedLines, b.droppedLines),
      truncatedLines: by(a.truncatedLines, b.truncatedLines),
    },
    readBytes: by(one.readBytes, other.readBytes),
    lostBytes: by(one.lostBytes, other.lostBytes),
    rotations: by(one.rotations, other.rotations),
  }
}
