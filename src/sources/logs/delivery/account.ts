import type { LogVerdict } from '../../../component/log-delivery.ts'
import type { LogLedger } from '../../../model/log-ledger.ts'
import type { LogOrigin } from '../../../model/log-block.ts'
import type { Place } from '../entry.ts'
import { Beyond } from './beyond.ts'
import type { KeptState, OriginAccount } from './delivery.ts'
import { addTallies, between, emptyTally, type Tally } from './tally.ts'

/** What one block has of one account, or what was read without a line for it, and how the account stood behind it. */
export interface Step {
  readonly account: Account
  readonly lines: number
  /** Of the messages. */
  readonly bytes: number
  /** The pointer and the numbers that count once this step and all before it are settled. */
  readonly standing: Tally & Pick<KeptState, 'at' | 'unansweredLines'>
  /** `undefined` while it is on its way. */
  verdict: LogVerdict | undefined
}

/**
 * The books of one origin: what it has handed over, in steps that are settled in any order, and how far all of them are,
 * which is where its pointer may be. It never passes a line that is not settled, nor one that is in no block yet.
 */
export class Account {
  readonly name: string
  origin: LogOrigin
  /** In the open block. */
  openLines = 0
  openBytes = 0
  /** Whether its standing is to be taken when the open block closes. */
  isTouched = false
  readonly #of: OriginAccount
  /** What was counted before it, or by an agent before and not read again. */
  #base: Tally
  /** Of those, as `LogLedger.unansweredLines`. */
  #unansweredLines: number
  #settled: KeptState
  readonly #beyond: Beyond
  #hasBegun = false
  /** The oldest first; the pointer stands before the first of them. */
  #steps: Step[] = []

  constructor(account: OriginAccount, kept: KeptState | undefined, host: string) {
    this.name = account.name
    this.#of = account
    this.#settled = kept ?? nothingKept(account.name)
    this.#base = tallyOf(this.#settled)
    this.#unansweredLines = this.#settled.unansweredLines
    this.#beyond = new Beyond(this.#settled)
    this.origin = unknownOrigin(host)
  }

  /** What is settled so far, and what was read beyond. */
  get kept(): KeptState {
    return { ...this.#settled, ...this.#beyond.toKeep(this.#settled) }
  }

  /** Whether all it handed over is settled. */
  get isSettled(): boolean {
    return !this.isTouched && this.#steps.length === 0
  }

  /** Reading goes on at that place. What an agent before has shipped from what lies before it will not be read again. */
  begin(place: Place): void {
    const counted = this.#beyond.countedAt(place)
    if (counted !== undefined) {
      const missing = between(this.#tally(), counted)
      this.#base = addTallies(this.#base, missing)
      this.#unansweredLines += missing.counts.handedLines
    }
    const tally = this.#tally()
    this.#beyond.noteBegun(place, tally)
    if (this.#hasBegun) return
    this.#hasBegun = true
    this.#settled = {
      ...this.#settled,
      ...tally,
      at: place,
      unansweredLines: this.#unansweredLines,
    }
  }

  /** The step up to this moment, which is behind those before. */
  takeStep(): Step {
    const step: Step = {
      account: this,
      lines: this.openLines,
      bytes: this.openBytes,
      standing: this.#stand(),
      verdict: this.openLines === 0 ? 'stored' : undefined,
    }
    this.#beyond.noteShipped(tallyOf(step.standing))
    this.openLines = 0
    this.openBytes = 0
    this.isTouched = false
    // Two without lines are as good as the later one: however long the server is away, there are not more than blocks.
    if (this.#steps.at(-1)?.lines === 0 && step.lines === 0) this.#steps.pop()
    this.#steps.push(step)
    return step
  }

  /** Goes over the steps that are settled, from the oldest. @returns Whether there were any. */
  advance(): boolean {
    let settled = 0
    for (const step of this.#steps) {
      if (step.verdict === undefined) break
      this.#settled = settledAfter(this.#settled, step)
      settled += 1
    }
    this.#steps.splice(0, settled)
    const { at } = this.#settled
    this.#beyond.settle('offset' in at ? at : undefined, this.#settled)
    return settled > 0
  }

  /** What became of its lines; `timeMs` is its time. */
  ledger(timeMs: number): LogLedger {
    const unansweredLines = this.#unansweredLines
    const { counts, readBytes, lostBytes, rotations } = this.#tally()
    const { sentBytes, refusedLines } = this.#settled
    const answeredLines = this.#settled.counts.handedLines - this.#settled.unansweredLines
    return {
      kind: 'log-ledger',
      host: this.origin.host,
      name: this.name,
      containerId: this.origin.containerId,
      containerName: this.origin.containerName,
      timeMs,
      way: this.#of.way,
      writtenBytes: readBytes + lostBytes + (this.#of.unreadBytes?.() ?? 0),
      readBytes,
      readLines: counts.readLines,
      sentBytes,
      sentLines: answeredLines - refusedLines,
      droppedLines: counts.droppedLines,
      refusedLines,
      truncatedLines: counts.truncatedLines,
      lostBytes,
      rotations,
      waitingLines: counts.handedLines - unansweredLines - answeredLines,
      unansweredLines,
    }
  }

  #stand(): Step['standing'] {
    return { at: this.#of.at(), ...this.#tally(), unansweredLines: this.#unansweredLines }
  }

  #tally(): Tally {
    return addTallies(this.#base, { counts: this.#of.counts, ...this.#of.standing() })
  }
}

function tallyOf({ counts, readBytes, lostBytes, rotations }: Tally): Tally {
  return { counts, readBytes, lostBytes, rotations }
}

function settledAfter(settled: KeptState, { standing, lines, bytes, verdict }: Step): KeptState {
  const isRefused = verdict === 'refused'
  return {
    ...settled,
    ...standing,
    sentBytes: settled.sentBytes + (isRefused ? 0 : bytes),
    refusedLines: settled.refusedLines + (isRefused ? lines : 0),
  }
}

function nothingKept(name: string): KeptState {
  return {
    name,
    at: { fileId: 0n, offset: 0 },
    ...emptyTally,
    sentBytes: 0,
    refusedLines: 0,
    unansweredLines: 0,
    begun: [],
    shipped: undefined,
  }
}

function unknownOrigin(host: string): LogOrigin {
  return {
    host,
    containerId: '',
    containerName: '',
    image: '',
    service: '',
    source: '',
    tags: [],
  }
}
