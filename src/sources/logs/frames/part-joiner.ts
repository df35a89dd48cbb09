import type { Entry, EntryTaker, Place } from '../entry.ts'
import type { FileCursor } from './file-cursor.ts'
import { WaitingLine } from './waiting-line.ts'

/** A line, or a part of one that goes on in the next part of the same lane. */
export interface Part {
  bytes: Uint8Array
  start: number
  end: number
  timeNs: bigint
  /** Which parts belong together: the place of their output in `logOutputs`, or `rawLane`. */
  lane: number
  /** Offset in the file that is being read of the line that the part was found in. */
  position: number
  /** What that line, or that part of it, takes in the file. */
  fileBytes: number
  /** Whether the line ends with it. */
  isLast: boolean
}

/** A part to be filled, by whoever adds many. */
export function emptyPart(lane: number): Part {
  return {
    bytes: nothing,
    start: 0,
    end: 0,
    timeNs: 0n,
    lane,
    position: 0,
    fileBytes: 0,
    isLast: true,
  }
}

const nothing = Buffer.alloc(0)

/** The lane of what could not be read as the framing says; its output is not known. */
export const rawLane = 3
const laneCount = 4

export interface JoinerOptions {
  readonly cursor: FileCursor
  readonly maxMessageBytes: number
  /** Monotonic milliseconds. */
  readonly nowMs: () => number
  readonly to: EntryTaker
}

/**
 * Makes lines of parts: those of one output belong together until one of them ends a line, whatever another output prints
 * between them. What gets longer than allowed is handed on in pieces, each cut between two characters.
 */
export class PartJoiner {
  readonly #cursor: FileCursor
  readonly #nowMs: () => number
  readonly #maxBytes: number
  readonly #to: EntryTaker
  readonly #lanes: readonly WaitingLine[]
  readonly #entry: Entry = {
    bytes: nothing,
    start: 0,
    end: 0,
    timeNs: 0n,
    output: 0,
    fileId: 0n,
    position: 0,
    cut: 'none',
  }

  constructor({ cursor, maxMessageBytes, nowMs, to }: JoinerOptions) {
    this.#cursor = cursor
    this.#nowMs = nowMs
    this.#maxBytes = maxMessageBytes
    this.#to = to
    this.#lanes = Array.from({ length: laneCount }, () => new WaitingLine())
  }

  /** Takes the next part of its lane; `\r` at the end of a line is left out, which a terminal puts there. */
  add(part: Part): void {
    const line = this.#lanes[part.lane]
    if (line === undefined) return
    const { bytes, start, end } = part
    if (part.isLast && !line.isWaiting && end - start <= this.#maxBytes) {
      const entry = this.#entry
      entry.bytes = bytes
      entry.start = start
      entry.end = end > start && bytes[end - 1] === carriageReturn ? end - 1 : end
      entry.timeNs = part.timeNs
      entry.output = outputOf(part.lane)
      entry.fileId = this.#cursor.fileId
      entry.position = part.position
      entry.cut = 'none'
      this.#to.take(entry)
      return
    }
    this.#join(line, part)
  }

  /** Ends the lines whose last part came before `sinceMs`. */
  settle(sinceMs: number): void {
    for (const [lane, line] of this.#lanes.entries())
      if (line.isWaiting && line.grownAtMs < sinceMs) this.#finish(line, lane)
  }

  /** Whether parts of a line wait in a lane. */
  hasBegun(lane: number): boolean {
    return this.#lanes[lane]?.isWaiting === true
  }

  /** Ends what was read in a lane, as if its last part had come. */
  endLane(lane: number): void {
    const line = this.#lanes[lane]
    if (line?.isWaiting === true) this.#finish(line, lane)
  }

  end(): void {
    for (const [lane, line] of this.#lanes.entries()) if (line.isWaiting) this.#finish(line, lane)
  }

  /** Forgets what waits, since it will be read again. */
  forget(): void {
    for (const line of this.#lanes) line.clear()
  }

  /** Where the first line begins that waits for its end. */
  waitingFrom(): Place | undefined {
    let first: Place | undefined
    for (const line of this.#lanes)
      if (line.isWaiting) first = this.#cursor.earlier(first, line.readFrom())
    return first
  }

  #join(line: WaitingLine, part: Part): void {
    line.append(part, this.#cursor.fileId)
    // One byte more may be the `\r` of the end.
    while (line.size > this.#maxBytes + 1) this.#cut(line, part.lane)
    if (part.isLast) this.#finish(line, part.lane)
    else line.grownAtMs = this.#nowMs()
  }

  #finish(line: WaitingLine, lane: number): void {
    if (line.size > 0 && line.bytes[line.end - 1] === carriageReturn) line.end -= 1
    if (line.size > this.#maxBytes) this.#cut(line, lane)
    this.#hand(line, lane, { size: line.size, cut: line.pieces === 0 ? 'none' : 'tail' })
    line.clear()
  }

  #cut(line: WaitingLine, lane: number): void {
    const size = line.sizeOfWholeCharacters(this.#maxBytes)
    this.#hand(line, lane, { size, cut: line.pieces === 0 ? 'head' : 'middle' })
    line.drop(size)
  }

  #hand(line: WaitingLine, lane: number, piece: { size: number; cut: Entry['cut'] }): void {
    const entry = this.#entry
    entry.bytes = line.bytes
    entry.start = line.start
    entry.end = line.start + piece.size
    entry.timeNs = line.timeNs
    entry.output = outputOf(lane)
    entry.fileId = line.fileId
    entry.position = line.position
    entry.cut = piece.cut
    this.#to.take(entry)
  }
}

const carriageReturn = 13

function outputOf(lane: number): number {
  return lane === rawLane ? 0 : lane
}
