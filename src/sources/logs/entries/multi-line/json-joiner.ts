import { logOutputs } from '../../../../model/log-level.ts'
import type { Entry } from '../../entry.ts'
import type { GroupJoiner } from './group-joiner.ts'
import { looksLikeJson } from '../attributes/read-json-line.ts'
import { JsonProgress } from './json-progress.ts'
import { LineGroup } from './line-group.ts'
import { copyEntry, earliest, emptyEntry, type Waiting } from './line-taker.ts'

/** A JSON object that is not whole yet. */
interface Pending {
  progress: JsonProgress
  readonly group: LineGroup
  /** Of each line, without its bytes, and where these end in the group. */
  lines: Entry[]
}

/**
 * Joins the lines of JSON objects that are printed over several lines. What turns out to be no JSON, or does not end in time,
 * is handed on line by line, as if nothing had been.
 */
export class JsonJoiner {
  readonly #to: GroupJoiner
  readonly #maxBytes: number
  readonly #nowMs: () => number
  readonly #pending: readonly Pending[] = logOutputs.map(() => ({
    progress: new JsonProgress(),
    group: new LineGroup(),
    lines: [],
  }))

  constructor(options: {
    readonly to: GroupJoiner
    readonly maxBytes: number
    readonly nowMs: () => number
  }) {
    this.#to = options.to
    this.#maxBytes = options.maxBytes
    this.#nowMs = options.nowMs
  }

  take(line: Entry): void {
    const pending = this.#pending[line.output]
    if (pending === undefined || line.cut !== 'none') return this.#pass(pending, line)
    if (!pending.group.isOpen && !this.#begins(line)) return this.#to.take(line)
    const isTooLong = pending.group.length + 1 + line.end - line.start > this.#maxBytes
    const state = isTooLong ? 'broken' : pending.progress.take(line.bytes, line.start, line.end)
    if (state === 'broken') return this.#pass(pending, line)
    this.#add(pending, line)
    if (state === 'whole') this.#finish(pending)
  }

  settle(sinceMs: number): void {
    for (const pending of this.#pending)
      if (pending.group.grownAtMs < sinceMs) this.#release(pending)
    this.#to.settle(sinceMs)
  }

  end(): void {
    for (const pending of this.#pending) this.#release(pending)
    this.#to.end()
  }

  waiting(): Waiting | undefined {
    return earliest([this.#to.waiting(), ...this.#pending.map(({ group }) => group.waiting())])
  }

  /** An object on a line of its own is no beginning, nor is one in the middle of a group. */
  #begins({ bytes, start, end, output }: Entry): boolean {
    if (bytes[start] !== 0x7b || end <= start) return false
    return !looksLikeJson(bytes, start, end) && !this.#to.hasGroup(output)
  }

  #add(pending: Pending, line: Entry): void {
    pending.group.add(line, this.#nowMs())
    const kept = emptyEntry()
    copyEntry(line, kept)
    kept.bytes = kept.bytes.subarray(0, 0)
    kept.end = pending.group.length
    kept.start = kept.end - (line.end - line.start)
    pending.lines.push(kept)
  }

  #finish(pending: Pending): void {
    const isJoined = pending.lines.length > 1
    const entry = pending.group.take()
    this.#to.takeAlone(entry, isJoined ? 'auto_multiline' : 'single_line')
    this.#clear(pending)
  }

  /** Lets go of what waits, then of this line. */
  #pass(pending: Pending | undefined, line: Entry): void {
    if (pending !== undefined) this.#release(pending)
    this.#to.take(line)
  }

  #release(pending: Pending): void {
    const { lines } = pending
    if (pending.group.isOpen) {
      const { bytes } = pending.group.take()
      for (const line of lines) {
        line.bytes = bytes
        this.#to.take(line)
      }
    }
    this.#clear(pending)
  }

  #clear(pending: Pending): void {
    pending.group.clear()
    pending.lines = []
    pending.progress = new JsonProgress()
  }
}
