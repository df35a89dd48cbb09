import type { LogBlock, LogOrigin, LogRun } from '../../model/log-block.ts'
import { BlockMemory } from './block-memory.ts'

/** A line to be put into a block: `bytes` from `start` to `end`, without its line end. */
export interface LineToWrite {
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  /** Unix time in nanoseconds. */
  readonly timeNs: bigint
  /** As `LogBlock.positions`. */
  readonly position: number
  /** Place in `logOutputs`. */
  readonly output: number
}

export interface BlockWriterOptions {
  /** A block is full once its messages, or its attributes, take so many bytes; the line that makes it full is still in it. */
  readonly messageBytes: number
  /** A block is full with so many lines. */
  readonly lines: number
}

/**
 * Puts lines into a block, without making an object or a string of any. The memory of a block that nobody reads any more
 * can be given back and serves the next one. It grows for a line that is larger than what is left.
 */
export class BlockWriter {
  readonly #options: BlockWriterOptions
  readonly #memories = new WeakMap<LogBlock, BlockMemory>()
  readonly #spare: BlockMemory[] = []
  #memory: BlockMemory
  #runs: LogRun[] = []
  /** Where the last of `#runs` ended, and the open one begins. */
  #runStart = 0
  #origin: LogOrigin | undefined
  #fileId = 0n

  constructor(options: BlockWriterOptions) {
    this.#options = options
    this.#memory = new BlockMemory(options)
  }

  get lineCount(): number {
    return this.#memory.lineCount
  }

  /** What the messages of the open block take. */
  get messageBytes(): number {
    return this.#memory.messagesEnd
  }

  /** Whether `take()` should come before the next line. */
  get isFull(): boolean {
    const { lineCount, messagesEnd, attributesEnd } = this.#memory
    const { lines, messageBytes } = this.#options
    return lineCount >= lines || messagesEnd >= messageBytes || attributesEnd >= messageBytes
  }

  /** Of whom the next lines are, in this block and in those after it; costs next to nothing when that is as before. */
  begin(origin: LogOrigin, fileId: bigint): void {
    if (origin === this.#origin && fileId === this.#fileId) return
    this.#endRun()
    this.#origin = origin
    this.#fileId = fileId
  }

  /**
   * Adds a line of the origin that was begun last. What `line` refers to is copied.
   * @param level Place in `logLevels`.
   * @param attributes A JSON object of texts, or empty.
   */
  append(line: LineToWrite, level: number, attributes: string): void {
    this.#memory.append(line, level, attributes)
  }

  /** The block so far, as views on the memory of this writer; the next line begins another one. */
  take(): LogBlock {
    this.#endRun()
    const block = this.#memory.view(this.#runs)
    this.#memories.set(block, this.#memory)
    this.#memory = this.#spare.pop() ?? new BlockMemory(this.#options)
    this.#runs = []
    this.#runStart = 0
    return block
  }

  /** Nobody reads that block of this writer any more: its memory serves another one. A second call has no effect. */
  reuse(block: LogBlock): void {
    const memory = this.#memories.get(block)
    if (memory === undefined) return
    this.#memories.delete(block)
    if (memory.hasGrown || this.#spare.length >= mostSpare) return
    memory.clear()
    this.#spare.push(memory)
  }

  #endRun(): void {
    const lineCount = this.#memory.lineCount - this.#runStart
    if (lineCount === 0) return
    if (this.#origin === undefined) throw new TypeError('Cannot end a run of lines: none was begun')
    this.#runs.push({ origin: this.#origin, fileId: this.#fileId, lineCount })
    this.#runStart = this.#memory.lineCount
  }
}

/** One block is being filled while another is packed; what is beyond that goes back to the heap. */
const mostSpare = 2
