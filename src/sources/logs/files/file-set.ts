import type { LogTools } from '../log-tools.ts'
import type { FileLog } from './file-log.ts'

/**
 * Files that come and go, by their paths. One that is gone is read on for a while: it may only be rotated, and whoever
 * writes to it may not know that yet.
 */
export class FileSet {
  readonly #tools: LogTools
  readonly #pointer: 'keep' | 'forget'
  readonly #logs = new Map<string, FileLog>()
  /** Since when a file has not been there (monotonic milliseconds). */
  readonly #missingSinceMs = new Map<string, number>()
  readonly #finishing = new Set<FileLog>()

  /** @param pointer What becomes of the pointer of a file that is gone. */
  constructor(tools: LogTools, pointer: 'keep' | 'forget') {
    this.#tools = tools
    this.#pointer = pointer
  }

  get size(): number {
    return this.#logs.size
  }

  has(path: string): boolean {
    return this.#logs.has(path)
  }

  add(log: FileLog): void {
    this.#logs.set(log.path, log)
  }

  /** Takes which paths are there now. */
  note(paths: Iterable<string>): void {
    const there = new Set(paths)
    for (const path of this.#logs.keys()) {
      if (there.has(path)) this.#missingSinceMs.delete(path)
      else if (!this.#missingSinceMs.has(path)) this.#missingSinceMs.set(path, this.#tools.nowMs())
    }
  }

  /** Ends the reading of files that have been gone for longer than a rotation takes. */
  pass(): void {
    const { nowMs, settings, faults } = this.#tools
    for (const [path, sinceMs] of this.#missingSinceMs) {
      if (nowMs() - sinceMs < settings.closeTimeoutMs) continue
      this.#missingSinceMs.delete(path)
      faults.clearAll(path)
      const log = this.#logs.get(path)
      this.#logs.delete(path)
      if (log !== undefined) this.#finish(log)
    }
  }

  /** Reads no more; the rest is for the next start. */
  stop(): void {
    for (const log of [...this.#logs.values(), ...this.#finishing]) log.stop()
  }

  #finish(log: FileLog): void {
    this.#finishing.add(log)
    void log.finish(this.#pointer).finally(() => this.#finishing.delete(log))
  }
}
