import { setTimeout as pause } from 'node:timers/promises'
import { batchBytes } from './batch-size.ts'
import type { ColumnInsert, StoreEngine } from './engine.ts'
import { GroupInserts, type GroupInsertsOptions } from './group-inserts.ts'
import { LogInserts } from './log-inserts.ts'
import type { LogNews } from './log-news.ts'
import type { LateMarks } from './rollups/late-marks.ts'
import { StoreBusyError, type StoreBatch, type StoreWriter } from './store.ts'
import { StoreClosedError, StoreWriteError } from './store-errors.ts'

export interface BatchWriterOptions {
  readonly insertColumns: StoreEngine['insertColumns']
  /** Bytes that may wait, as `batchBytes` counts them. */
  readonly queueBytes: number
  /** Since when points and sketches are kept, Unix milliseconds; older ones are not written at all. */
  readonly keptFromMs: GroupInsertsOptions['keptFromMs']
  readonly late: LateMarks
  readonly logNews: LogNews
  /** The longest rest between two groups, 500 unless told otherwise. */
  readonly restMs?: number
  readonly clock?: () => number
}

/** Counters since the start, and what waits now. */
export interface WriterStats {
  readonly waitingBatches: number
  readonly waitingBytes: number
  /** Sketches among them. */
  readonly writtenPoints: number
  readonly writtenLines: number
  /** Bytes of the messages of these lines. */
  readonly writtenLineBytes: number
  readonly writtenGroups: number
  /** Points and sketches with no finite value, or a time that is not kept. */
  readonly droppedPoints: number
  /** Inserts that the engine refused, each counted. */
  readonly failedInserts: number
  /** The last group found no room on the disk. */
  readonly isDiskFull: boolean
  /** How long the last group took, from its first insert to its last. */
  readonly lastGroupMs: number
}

interface Waiting {
  readonly batch: StoreBatch
  readonly bytes: number
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/** Bytes of one group: bounds the memory of its columns. */
const groupBytes = 32 * 1024 * 1024
/**
 * Rest after a group, as a multiple of the time it took, unless a full group waits: inserts take a fifth of the time at
 * most. Under load groups grow and inserts stay few; a lone sender hardly waits.
 */
const restFactor = 4
/** Pauses before a failed group is tried again: a busy disk, a merge that took all the memory. */
const retryAfterMs = [50, 200, 800]

/**
 * Writes batches in groups: all that waits goes into one insert for each table. A group that fails is tried again, then
 * each of its batches alone, so that one bad batch harms only itself; where the disk is full, at once and as a whole. Rows
 * that were written before the failure are written again: the tables hold them once.
 */
export class BatchWriter implements StoreWriter {
  readonly #options: BatchWriterOptions
  readonly #clock: () => number
  readonly #inserts: GroupInserts
  readonly #logs: LogInserts
  #waiting: Waiting[] = []
  #waitingBytes = 0
  #isClosed = false
  #running: Promise<void> | undefined
  #onTheWay: Promise<void> | undefined
  #nextGroupAtMs = 0
  /** While it rests: ends that. */
  #endRest: (() => void) | undefined
  #writtenGroups = 0
  #failedInserts = 0
  #isDiskFull = false
  #lastGroupMs = 0

  constructor(options: BatchWriterOptions) {
    this.#options = options
    this.#clock = options.clock ?? Date.now
    this.#logs = new LogInserts(options.logNews)
    this.#inserts = new GroupInserts({ ...options, logs: this.#logs })
  }

  /** @see StoreWriter.write */
  write(batch: StoreBatch): Promise<void> {
    if (this.#isClosed) {
      return Promise.reject(new StoreClosedError('Cannot write to the store: it is closing'))
    }
    const bytes = batchBytes(batch)
    // A batch larger than the whole queue gets through when nothing else waits: refused, it would come back for ever.
    if (this.#waitingBytes > 0 && this.#waitingBytes + bytes > this.#options.queueBytes) {
      return Promise.reject(
        new StoreBusyError(
          `Cannot write to the store now: ${this.#waitingBytes} bytes wait, ${this.#options.queueBytes} are allowed; try again later`,
        ),
      )
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ batch, bytes, resolve, reject })
      this.#waitingBytes += bytes
      if (this.#waitingBytes >= groupBytes) this.#endRest?.()
      this.#running ??= this.#run()
    })
  }

  /** Takes no more batches and resolves once those that wait are written or refused. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#endRest?.()
    await this.#running
  }

  /** Resolves once the rows that are on their way to the engine at this moment are there, or refused. */
  async settled(): Promise<void> {
    await this.#onTheWay
  }

  stats(): WriterStats {
    return {
      waitingBatches: this.#waiting.length,
      waitingBytes: this.#waitingBytes,
      writtenPoints: this.#inserts.writtenPoints,
      writtenLines: this.#logs.writtenLines,
      writtenLineBytes: this.#logs.writtenBytes,
      writtenGroups: this.#writtenGroups,
      droppedPoints: this.#inserts.droppedPoints,
      failedInserts: this.#failedInserts,
      isDiskFull: this.#isDiskFull,
      lastGroupMs: this.#lastGroupMs,
    }
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const restMs = this.#nextGroupAtMs - performance.now()
      if (restMs > 0 && !this.#isClosed && this.#waitingBytes < groupBytes) await this.#rest(restMs)
      const startMs = performance.now()
      this.#onTheWay = this.#writeGroup(this.#takeGroup())
      await this.#onTheWay
      const endMs = performance.now()
      this.#lastGroupMs = endMs - startMs
      const longestRestMs = this.#options.restMs ?? 500
      this.#nextGroupAtMs = endMs + Math.min(longestRestMs, restFactor * this.#lastGroupMs)
    }
    this.#running = undefined
  }

  async #rest(restMs: number): Promise<void> {
    const early = new AbortController()
    this.#endRest = () => early.abort()
    try {
      await pause(restMs, undefined, { signal: early.signal })
    } catch {
      // Ended early, as it should.
    } finally {
      this.#endRest = undefined
    }
  }

  #takeGroup(): readonly Waiting[] {
    let bytes = 0
    const end = this.#waiting.findIndex((waiting) => {
      bytes += waiting.bytes
      return bytes > groupBytes
    })
    const count = end === -1 ? this.#waiting.length : Math.max(1, end)
    return this.#waiting.splice(0, count)
  }

  async #writeGroup(group: readonly Waiting[]): Promise<void> {
    const error = await this.#tryWriting(group, retryAfterMs)
    for (const waiting of group) {
      const isOwn = error !== undefined && group.length > 1 && !this.#isDiskFull
      const ownError = isOwn ? await this.#tryWriting([waiting], []) : error
      this.#waitingBytes -= waiting.bytes
      if (ownError === undefined) waiting.resolve()
      else waiting.reject(ownError)
    }
    this.#writtenGroups += 1
  }

  async #tryWriting(
    group: readonly Waiting[],
    pausesMs: readonly number[],
  ): Promise<StoreWriteError | undefined> {
    const inserts = this.#inserts.of(
      group.map(({ batch }) => batch),
      this.#clock(),
    )
    const error = await this.#insertPatiently(inserts.columns, pausesMs)
    if (error === undefined) inserts.markWritten()
    for (const { free } of inserts.columns) free?.()
    return error
  }

  async #insertPatiently(
    inserts: readonly ColumnInsert[],
    pausesMs: readonly number[],
  ): Promise<StoreWriteError | undefined> {
    for (const pauseMs of [...pausesMs, undefined]) {
      try {
        await this.#insertAll(inserts)
        this.#isDiskFull = false
        return undefined
      } catch (cause) {
        this.#failedInserts += 1
        this.#isDiskFull = isNoSpace(cause)
        if (pauseMs === undefined || this.#isDiskFull) return writeError(cause, this.#isDiskFull)
        await pause(pauseMs * (0.5 + Math.random()))
      }
    }
    return undefined
  }

  async #insertAll(inserts: readonly ColumnInsert[]): Promise<void> {
    for (const insert of inserts) await this.#options.insertColumns(insert)
  }
}

/** The engine's own word for it, and the system's where it came upon the end of the disk in mid-file. */
function isNoSpace(error: unknown): boolean {
  return /NOT_ENOUGH_SPACE|No space left on device/.test(String(error))
}

function writeError(cause: unknown, isDiskFull: boolean): StoreWriteError {
  const reason = isDiskFull ? 'its disk is full' : String(cause)
  return new StoreWriteError(`Cannot write to the store: ${reason}`, { cause })
}
