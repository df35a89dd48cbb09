import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { CursorState } from '../../../docker/event-cursor.ts'
import type { KeptRun } from '../runs/run.ts'

/** What the next process needs to go on where this one stops. */
export interface KeptState {
  readonly cursor: CursorState
  readonly runs: readonly KeptRun[]
}

export interface KeptStateOptions {
  /** Folder of the file `docker-events.json`, made when it is first needed; empty to keep nothing. */
  readonly stateDir: string
  /** Address of the engine: what was read from another one is of no use. */
  readonly endpoint: string
  /** Unix milliseconds. */
  readonly clock: () => number
  /** Told once that the file cannot be read, and once that it cannot be written. */
  readonly warn: (message: string) => void
}

/** What is older than this is not gone on with: nobody wants the events of last week now. */
const oldestMs = 3_600_000
/** The file is written so often at most while there is something new, … */
const writeEveryMs = 5000
/** … and so often when there is not, since its age counts. */
const touchEveryMs = 60_000

const schema = z.object({
  endpoint: z.string(),
  savedAtMs: z.number(),
  newestNanos: z.string().regex(/^\d{1,19}$/),
  seenThen: z.array(z.string()),
  runs: z.array(
    z.object({
      id: z.string(),
      startedAtMs: z.number(),
      isFromList: z.boolean(),
      name: z.string(),
      image: z.string(),
    }),
  ),
})

/** The small file in which the agent keeps how far it has followed the engine. */
export class KeptStateFile {
  readonly #options: KeptStateOptions
  readonly #path: string
  #written = ''
  #writtenAtMs = -Infinity
  #hasFolder = false
  #hasFailed = false

  constructor(options: KeptStateOptions) {
    this.#options = options
    this.#path = join(options.stateDir, 'docker-events.json')
  }

  /** @returns `undefined` when there is none, or one that is too old or of another engine. */
  read(): KeptState | undefined {
    const { stateDir, endpoint, clock, warn } = this.#options
    if (stateDir === '') return undefined
    try {
      const kept = schema.parse(JSON.parse(readFileSync(this.#path, 'utf8')))
      const isOfNow = Math.abs(clock() - kept.savedAtMs) <= oldestMs
      if (kept.endpoint !== endpoint || !isOfNow) return undefined
      const { newestNanos, seenThen, runs } = kept
      return { cursor: { newestNanos: BigInt(newestNanos), seenThen }, runs }
    } catch (error) {
      if (isMissing(error)) return undefined
      warn(
        `Cannot read ${this.#path}: ${firstLine(error)}; events of the time before this start are left out`,
      )
      return undefined
    }
  }

  /** Writes what `state` gives, if it is time to. */
  keep(state: () => KeptState): void {
    const elapsedMs = Math.abs(this.#options.clock() - this.#writtenAtMs)
    if (elapsedMs < writeEveryMs) return
    const text = toText(state())
    if (text !== this.#written || elapsedMs >= touchEveryMs) this.#write(text)
  }

  /** Writes it in any case: at the end. */
  keepLast(state: KeptState): void {
    this.#write(toText(state))
  }

  /** A reader sees the file before or the one after, never half of it. */
  #write(text: string): void {
    const { stateDir, endpoint, clock, warn } = this.#options
    if (stateDir === '') return
    this.#writtenAtMs = clock()
    this.#written = text
    const head = JSON.stringify({ endpoint, savedAtMs: this.#writtenAtMs })
    try {
      // Once only: a data folder that was removed meanwhile is not made anew.
      if (!this.#hasFolder) mkdirSync(stateDir, { recursive: true, mode: 0o700 })
      this.#hasFolder = true
      writeFileSync(`${this.#path}.new`, `${head.slice(0, -1)},${text.slice(1)}\n`, { mode: 0o600 })
      renameSync(`${this.#path}.new`, this.#path)
    } catch (error) {
      if (!this.#hasFailed)
        warn(
          `Cannot write ${this.#path}: ${firstLine(error)}; after a restart, events from before are left out`,
        )
      this.#hasFailed = true
    }
  }
}

function toText({ cursor: { newestNanos, seenThen }, runs }: KeptState): string {
  return JSON.stringify({ newestNanos: String(newestNanos), seenThen, runs })
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function firstLine(error: unknown): string {
  const text = error instanceof z.ZodError ? z.prettifyError(error) : String(error)
  return text.split('\n', 1)[0] ?? ''
}
