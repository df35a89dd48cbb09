import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { KeptState } from '../delivery.ts'
import { Journal } from './journal.ts'
import { firstLineOf, readKept, type Kept } from './read-kept.ts'
import { makeEntry, type RegistryEntry } from './registry-entry.ts'
import { replaceFile } from './replace-file.ts'

export interface RegistryOptions {
  /** Folder of the file `registry.json`, made when it is not there; empty to keep nothing beyond this process. */
  readonly folder: string
  /** So long an entry is kept whose origin is not read any more. */
  readonly ttlMs: number
  /** Unix milliseconds. */
  readonly clock: () => number
  /** Told when the file cannot be written, and with an empty text when it can again. */
  readonly onFault: (message: string) => void
  /** Told when what was read is of no use. */
  readonly warn: (message: string) => void
}

/**
 * The shortest pause between two writings: what was acknowledged in it and is not written yet is sent twice after a power
 * cut. On a slow disk it is longer, so that a twentieth of the time at most is spent on writing.
 */
const shortestPauseMs = 250
const longestPauseMs = 1000
const pausePerWriting = 20
const pauseAfterFaultMs = 5000
const sweepEveryMs = 300_000

/**
 * How far each origin was delivered, kept in a file of Datadog's own format, so that either agent can go on where the
 * other stopped. What is newer than the file is in a journal beside it, for us alone.
 * @see datadog.md D.8
 */
export class Registry {
  readonly #options: RegistryOptions
  readonly #path: string
  readonly #entries: Map<string, RegistryEntry>
  readonly #journal: Journal
  /** Told since the last writing, in the journal too. */
  readonly #changed = new Map<string, KeptState>()
  readonly #inUse = new Set<string>()
  #mustWrite = false
  #hasFolder = false
  #hasFailed = false
  #isClosed = false
  #pauseMs = shortestPauseMs
  #sweptMs: number
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()

  private constructor(options: RegistryOptions, path: string, { entries, journal }: Kept) {
    this.#options = options
    this.#path = path
    this.#entries = entries
    this.#journal = journal
    this.#sweptMs = options.clock()
  }

  /** Reads the file. One that cannot be read is set aside beside it and told once; then nothing is known. */
  static async open(options: RegistryOptions): Promise<Registry> {
    const { folder } = options
    const path = join(folder, 'registry.json')
    if (folder === '')
      return new Registry(options, path, { entries: new Map(), journal: new Journal(folder, []) })
    return new Registry(options, path, await readKept(path, options))
  }

  get(name: string): KeptState | undefined {
    return this.#changed.get(name) ?? this.#entries.get(name)?.state
  }

  /** It is in the file within a second; it outlives a kill from `secure` on. */
  put(state: KeptState): void {
    this.#changed.set(state.name, state)
    this.#writeSoon()
  }

  /** What was put so far is known after a kill, if the disk takes it at all. Costs a system call where there is anything. */
  secure(): void {
    // A journal that no writing ends would grow without end.
    if (this.#hasFailed || this.#isClosed || this.#options.folder === '') return
    if (this.#changed.size === 0) return
    const names = [...this.#changed.keys()]
    this.#takeInChanges()
    const lines = names.map((name) => `{${this.#formatEntry(name)}}`)
    try {
      this.#makeFolder()
      this.#journal.append(lines)
    } catch {
      // The next writing of the file finds out why, and tells.
    }
  }

  /** That origin is read from now on: its entry stays, however old. */
  use(name: string): void {
    this.#inUse.add(name)
  }

  /** It is not read any more: the time that its entry is still kept begins. */
  release(name: string): void {
    this.#inUse.delete(name)
    const state = this.get(name)
    if (state !== undefined) this.put(state)
  }

  remove(name: string): void {
    this.#inUse.delete(name)
    this.#changed.delete(name)
    if (this.#entries.delete(name)) this.#writeSoon()
  }

  /** Writes at once, if there is something new. Never rejects. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#writing = this.#writing.then(() => this.#write())
    return this.#writing
  }

  /** Writes a last time. */
  close(): Promise<void> {
    const flushed = this.flush()
    this.#isClosed = true
    return flushed
  }

  #writeSoon(): void {
    this.#mustWrite = true
    if (this.#isClosed || this.#options.folder === '') return
    this.#timer ??= setTimeout(() => void this.flush(), this.#pauseMs)
  }

  async #write(): Promise<void> {
    if (!this.#mustWrite || this.#options.folder === '') return
    this.#mustWrite = false
    this.#takeInChanges()
    this.#sweepOld()
    const startedAt = performance.now()
    try {
      this.#makeFolder()
      const journal = this.#journal.turn()
      await replaceFile(this.#path, this.#format(journal))
      await this.#journal.removeBefore(journal)
      this.#tellFault('')
      const tookMs = performance.now() - startedAt
      this.#pauseMs = Math.min(longestPauseMs, Math.max(shortestPauseMs, tookMs * pausePerWriting))
    } catch (error) {
      this.#tellFault(
        `Cannot write the pointer file ${this.#path}: ${firstLineOf(error)}; after a restart of the agent, log lines are sent twice or, where reading begins at the end, missed`,
      )
      this.#pauseMs = pauseAfterFaultMs
      this.#writeSoon()
    }
  }

  /** Once only: a folder that was removed meanwhile is not made anew. */
  #makeFolder(): void {
    if (this.#hasFolder) return
    mkdirSync(this.#options.folder, { recursive: true, mode: 0o700 })
    this.#hasFolder = true
  }

  #takeInChanges(): void {
    const nowMs = this.#options.clock()
    for (const [name, state] of this.#changed) this.#entries.set(name, makeEntry(state, nowMs))
    this.#changed.clear()
  }

  #sweepOld(): void {
    const nowMs = this.#options.clock()
    if (Math.abs(nowMs - this.#sweptMs) < sweepEveryMs) return
    this.#sweptMs = nowMs
    for (const [name, { updatedMs }] of this.#entries) {
      const isOld = nowMs - updatedMs > this.#options.ttlMs
      if (isOld && !this.#inUse.has(name)) this.#entries.delete(name)
    }
  }

  #format(journal: number): string {
    const entries = Array.from(this.#entries.keys(), (name) => this.#formatEntry(name))
    return `{"Version":2,"VigieJournal":${journal},"Registry":{${entries.join(',\n')}}}\n`
  }

  #formatEntry(name: string): string {
    return `${JSON.stringify(name)}:${this.#entries.get(name)?.text ?? '{}'}`
  }

  #tellFault(message: string): void {
    const hasFailed = message !== ''
    if (hasFailed === this.#hasFailed) return
    this.#hasFailed = hasFailed
    this.#options.onFault(message)
  }
}
