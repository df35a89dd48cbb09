import type { FileCursor } from './file-cursor.ts'
import { emptyPart, type PartJoiner } from './part-joiner.ts'
import { TimestampReader } from './timestamp-reader.ts'

export interface StampedPartsOptions {
  readonly cursor: FileCursor
  readonly joiner: PartJoiner
  /** When the newest part came that is known already, RFC 3339; empty without one. */
  readonly since: string
  readonly onDamage: (what: string) => void
}

/** A part of a line, or a whole one, behind its time: `2026-01-31T23:59:59.123456789Z text`. */
export interface StampedPart {
  readonly start: number
  readonly end: number
  /** Place of its output in `logOutputs`. */
  readonly lane: number
  readonly isLast: boolean
}

/**
 * Takes parts that begin with their time, in the order in which the engine keeps them, and leaves those out that come again
 * after the stream was opened anew. They are of no file; their position is their time in microseconds.
 */
export class StampedParts {
  readonly #options: StampedPartsOptions
  readonly #part = emptyPart(0)
  readonly #times = new TimestampReader()
  /** Of the newest part: its time, also as the engine wrote it, and how many parts were of that time. */
  #newestNs = -1n
  #newest: string
  #newestCount = 0
  /** Parts of the newest time that are to be left out when they come again; what is older is left out as well. */
  #knownCount = 0
  #isTold = false

  constructor(options: StampedPartsOptions) {
    this.#options = options
    this.#newest = options.since
    const since = Buffer.from(options.since)
    if (!this.#times.read(since, 0, since.length)) return
    this.#newestNs = this.#times.timeNs
    // There may have been more of that very nanosecond; rather twice than never.
    this.#newestCount = 1
  }

  /** The stream begins anew. */
  begin(): void {
    this.#knownCount = this.#newestCount
  }

  /** When the newest part came, as the engine wrote it; empty before the first. */
  get newest(): string {
    return this.#newest
  }

  /** Where the text behind a time that begins at `start` begins; -1 when there is no time. */
  textFrom(bytes: Buffer, start: number, end: number): number {
    const blank = bytes.subarray(start, Math.min(end, start + mostTimeBytes)).indexOf(space)
    return blank > 0 && this.#times.read(bytes, start, start + blank) ? start + blank + 1 : -1
  }

  add(bytes: Buffer, { start, end, lane, isLast }: StampedPart): void {
    const { cursor, joiner, onDamage } = this.#options
    const textFrom = this.textFrom(bytes, start, end)
    if (textFrom < 0 && !this.#isTold) onDamage('a line of the stream carries no time')
    this.#isTold ||= textFrom < 0
    if (textFrom >= 0 && this.#isKnown()) return
    if (textFrom >= 0) this.#note(bytes.toString('latin1', start, textFrom - 1))
    const part = this.#part
    part.bytes = bytes
    part.start = Math.max(textFrom, start)
    part.end = end
    part.timeNs = textFrom < 0 ? cursor.readAtNs : this.#times.timeNs
    part.position = Number(part.timeNs / 1000n)
    part.fileBytes = end - start
    part.lane = lane
    part.isLast = isLast
    joiner.add(part)
  }

  /** Whether the part of the time that was read last was taken before; older engines look at the seconds of `since` alone. */
  #isKnown(): boolean {
    if (this.#knownCount === 0) return false
    const { timeNs } = this.#times
    if (timeNs > this.#newestNs) this.#knownCount = 0
    else if (timeNs === this.#newestNs) this.#knownCount -= 1
    return timeNs <= this.#newestNs
  }

  #note(time: string): void {
    const { timeNs } = this.#times
    this.#newestCount = timeNs === this.#newestNs ? this.#newestCount + 1 : 1
    this.#newestNs = timeNs
    this.#newest = time
  }
}

const space = 32
const mostTimeBytes = 40
