import { logOutputs } from '../../../../model/log-level.ts'
import type { Entry } from '../../entry.ts'
import { LineGroup } from './line-group.ts'
import { earliest, type JoinedBy, type LineTaker, type Waiting } from './line-taker.ts'

/** What a line is to those before it: the first of a group, one by itself, or whatever comes. */
export type LineRole = 'start' | 'alone' | 'more'

export interface GroupOptions {
  readonly roleOf: (bytes: Uint8Array, start: number, end: number) => LineRole
  /** Whether lines that follow no start make a group too, as they do under a rule. */
  readonly joinsWithoutStart: boolean
  readonly joinedBy: JoinedBy
  readonly maxBytes: number
  readonly timeoutMs: number
  readonly nowMs: () => number
  readonly to: LineTaker
}

/**
 * Joins lines that belong together, of each output by itself. Datadog's agent sends such lines with the two characters `\n`
 * between them; here it is the line feed that was printed. What gets longer than allowed is handed on in parts.
 */
export class GroupJoiner {
  readonly #of: GroupOptions
  readonly #timeoutNs: bigint
  readonly #groups = logOutputs.map(() => new LineGroup())

  constructor(options: GroupOptions) {
    this.#of = options
    this.#timeoutNs = BigInt(options.timeoutMs) * 1_000_000n
  }

  take(line: Entry): void {
    const group = this.#groups[line.output]
    if (group === undefined || line.cut !== 'none') return this.takeAlone(line)
    const role = this.#of.roleOf(line.bytes, line.start, line.end)
    if (role === 'alone') return this.takeAlone(line)
    if (group.isOpen && (role === 'start' || line.timeNs - group.lastTimeNs > this.#timeoutNs))
      this.#finish(group)
    if (role === 'more' && !group.isOpen && !this.#of.joinsWithoutStart)
      return this.#of.to(line, 'single_line')
    this.#add(group, line)
  }

  /** Takes an entry that is whole. */
  takeAlone(entry: Entry, joinedBy: JoinedBy = 'single_line'): void {
    const group = this.#groups[entry.output]
    if (group !== undefined) this.#finish(group)
    this.#of.to(entry, joinedBy)
  }

  hasGroup(output: number): boolean {
    return this.#groups[output]?.isOpen === true
  }

  settle(sinceMs: number): void {
    for (const group of this.#groups) if (group.grownAtMs < sinceMs) this.#finish(group)
  }

  end(): void {
    for (const group of this.#groups) this.#finish(group)
  }

  waiting(): Waiting | undefined {
    return earliest(this.#groups.map((group) => group.waiting()))
  }

  #add(group: LineGroup, line: Entry): void {
    const isTooLong = group.length + 1 + line.end - line.start > this.#of.maxBytes
    if (group.isOpen && isTooLong) {
      this.#hand(group, group.isContinued ? 'middle' : 'head')
      group.isContinued = true
    }
    group.add(line, this.#of.nowMs())
  }

  #finish(group: LineGroup): void {
    if (group.isOpen) this.#hand(group, group.isContinued ? 'tail' : 'none')
  }

  #hand(group: LineGroup, cut: Entry['cut']): void {
    const isJoined = group.lineCount > 1 || cut !== 'none'
    const entry = group.take()
    entry.cut = cut
    this.#of.to(entry, isJoined ? this.#of.joinedBy : 'single_line')
    group.clear()
  }
}
