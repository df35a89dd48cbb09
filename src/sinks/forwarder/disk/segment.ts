import { constants } from 'node:fs'
import { open, readFile, rename, truncate, unlink, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Entry } from '../entry.ts'
import { doneState, encodeRecord, magic, readSegment } from './segment-format.ts'

/** What a segment was found to be when it was read. */
export interface LoadedSegment {
  readonly entries: readonly Entry[]
  /** What stands at its end and cannot be read; most often nothing. It is no longer in the file. */
  readonly damaged: Buffer
}

interface Place {
  readonly folder: string
  readonly route: string
}

interface Beginning {
  /** Of its first payload. */
  readonly sequence: number
  /** Tells files of several processes apart. */
  readonly session: string
  /** Unix milliseconds. */
  readonly sinceMs: number
}

/** `1790000000000-1790000000000000-12-345-a1b2c3.payloads`: begun at, sequence, records, items, session; `open` while it grows. */
const namePattern = /^(\d+)-(\d+)-(?:(\d+)-(\d+)|open)-(\w+)\.payloads$/

/**
 * One file with payloads of one route, in about the order in which they were handed over. It only grows, until it is
 * closed; then what is done with is marked in place, and when all is, the file goes.
 */
export class Segment {
  readonly route: string
  /** Sequence of the first, by which segments are ordered. */
  readonly sequence: number
  /** When it was begun, in Unix milliseconds. */
  readonly sinceMs: number
  readonly #folder: string
  readonly #session: string
  #name: string
  #sizeBytes = 0
  #records = 0
  #items = 0
  #isGrowing = true
  /** Those in memory, with their place in the file. */
  readonly #held = new Map<Entry, number>()
  #handle: FileHandle | undefined
  #marking = Promise.resolve()

  private constructor({ folder, route }: Place, { sequence, session, sinceMs }: Beginning) {
    this.#folder = folder
    this.route = route
    this.#session = session
    this.sequence = sequence
    this.sinceMs = sinceMs
    this.#name = `${sinceMs}-${sequence}-open-${session}.payloads`
  }

  /** A file that is not there before the first `append`. */
  static create(place: Place, beginning: Beginning): Segment {
    return new Segment(place, beginning)
  }

  /** One that is there; `undefined` when the name is not that of a segment. */
  static find(place: Place, name: string, sizeBytes: number): Segment | undefined {
    const match = namePattern.exec(name)
    if (match === null) return undefined
    const [, sinceMs, sequence, records, items = '0', session = ''] = match
    const beginning = { sequence: Number(sequence), session, sinceMs: Number(sinceMs) }
    const segment = new Segment(place, beginning)
    segment.#name = name
    segment.#sizeBytes = sizeBytes
    segment.#isGrowing = records === undefined
    segment.#records = Number(records ?? 0)
    segment.#items = Number(items)
    return segment
  }

  get path(): string {
    return join(this.#folder, this.#name)
  }

  get sizeBytes(): number {
    return this.#sizeBytes
  }

  /** Payloads in it that are not done with. */
  get records(): number {
    return this.#records
  }

  /** Points, events, … in these. */
  get items(): number {
    return this.#items
  }

  get isGrowing(): boolean {
    return this.#isGrowing
  }

  /** Payloads that are only on disk. */
  get unread(): number {
    return this.#records - this.#held.size
  }

  get isInMemory(): boolean {
    return this.#held.size > 0
  }

  /**
   * Writes them behind what there is: all of them, or none.
   * @throws {NodeJS.ErrnoException} When they cannot be written.
   */
  async append(entries: readonly Entry[]): Promise<void> {
    const isNew = this.#sizeBytes === 0
    this.#handle ??= await open(this.path, constants.O_WRONLY | constants.O_CREAT, 0o600)
    const bytes = Buffer.concat([...(isNew ? [magic] : []), ...entries.map(encodeRecord)])
    try {
      await writeFully(this.#handle, bytes, this.#sizeBytes)
    } catch (error) {
      await this.#handle.truncate(this.#sizeBytes).catch(() => {})
      throw error
    }
    this.#sizeBytes += bytes.length
    this.#records += entries.length
    this.#items += entries.reduce((sum, { payload }) => sum + payload.count, 0)
  }

  /**
   * Nothing is added any more; it gets the name that says what is in it.
   * @throws {NodeJS.ErrnoException} When it cannot be renamed.
   */
  async close(): Promise<void> {
    await this.#closeFile()
    if (!this.#isGrowing) return
    this.#isGrowing = false
    if (this.#sizeBytes === 0) {
      await unlink(this.path).catch(() => {})
      return
    }
    const counts = `${this.#records}-${this.#items}`
    const name = `${this.sinceMs}-${this.sequence}-${counts}-${this.#session}.payloads`
    await rename(this.path, join(this.#folder, name))
    this.#name = name
  }

  /**
   * Reads what is only on disk; from now on it is in memory too.
   * @throws {NodeJS.ErrnoException} When the file cannot be read.
   */
  async load(): Promise<LoadedSegment> {
    await this.#marking
    const bytes = await readFile(this.path)
    const { records, soundBytes } = readSegment(bytes, this.route)
    if (soundBytes < bytes.length) await truncate(this.path, soundBytes)
    this.#sizeBytes = soundBytes
    this.#records = records.length
    this.#items = records.reduce((sum, { entry }) => sum + entry.payload.count, 0)
    const held = new Set(this.#held.values())
    const unread = records.filter(({ offset }) => !held.has(offset))
    for (const { offset, entry } of unread) this.#held.set(entry, offset)
    return { entries: unread.map(({ entry }) => entry), damaged: bytes.subarray(soundBytes) }
  }

  /** Forgets a payload that is in memory; it stays on disk. */
  release(entry: Entry): void {
    this.#held.delete(entry)
  }

  /** It was taken, or will not be sent any more: after a restart too. */
  markDone(entry: Entry): void {
    const offset = this.#held.get(entry)
    if (offset === undefined) return
    this.#held.delete(entry)
    this.#records -= 1
    this.#items -= entry.payload.count
    if (this.#records > 0) this.#marking = this.#marking.then(() => this.#mark(offset))
  }

  async remove(): Promise<void> {
    await this.#closeFile()
    await unlink(this.path).catch(() => {})
  }

  async #closeFile(): Promise<void> {
    await this.#marking
    const handle = this.#handle
    this.#handle = undefined
    await handle?.close()
  }

  /** That one is sent once more after a crash is the worst that comes of a mark that could not be set. */
  async #mark(offset: number): Promise<void> {
    try {
      this.#handle ??= await open(this.path, constants.O_WRONLY)
      await this.#handle.write(doneState, 0, 1, offset)
    } catch {
      return
    }
  }
}

async function writeFully(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let written = 0
  while (written < bytes.length) {
    const left = bytes.length - written
    const { bytesWritten } = await handle.write(bytes, written, left, position + written)
    written += bytesWritten
  }
}
