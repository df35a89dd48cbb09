import type { Entry } from '../../entry.ts'
import { ByteGatherer } from '../byte-gatherer.ts'
import { copyEntry, emptyEntry, nextOrder, type Waiting } from './line-taker.ts'

/** Of a group that waits for its first line; there may be thousands. */
const keptBytes = 4096

const lineFeed = new Uint8Array([0x0a])

/** Lines of one output that belong together and wait for more. Time and place are those of the first. */
export class LineGroup {
  lineCount = 0
  /** Monotonic milliseconds. */
  grownAtMs = 0
  /** Its beginning was handed on before, since it became too long. */
  isContinued = false
  lastTimeNs = 0n
  readonly #lines = new ByteGatherer(keptBytes)
  readonly #first = emptyEntry()
  #order = 0

  get isOpen(): boolean {
    return this.lineCount > 0
  }

  get length(): number {
    return this.#lines.length
  }

  add(line: Entry, nowMs: number): void {
    if (this.lineCount === 0) {
      copyEntry(line, this.#first)
      this.#order = nextOrder()
    } else this.#lines.addAll(lineFeed)
    this.#lines.add(line.bytes, line.start, line.end)
    this.lineCount += 1
    this.grownAtMs = nowMs
    this.lastTimeNs = line.timeNs
  }

  /** Closes it. @returns All its lines as one entry, valid until `clear()`. */
  take(): Entry {
    const entry = this.#first
    entry.bytes = this.#lines.bytes
    entry.start = 0
    entry.end = this.#lines.length
    this.lineCount = 0
    this.isContinued = false
    return entry
  }

  /** Lets go of the lines that were taken. */
  clear(): void {
    this.#lines.clear()
  }

  waiting(): Waiting | undefined {
    if (!this.isOpen) return undefined
    const { fileId, position } = this.#first
    return { place: { fileId, offset: position }, order: this.#order }
  }
}
