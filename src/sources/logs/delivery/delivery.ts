import type { LogLedger } from '../../../model/log-ledger.ts'
import type { LogOrigin } from '../../../model/log-block.ts'
import type { Entry, Place } from '../entry.ts'
import type { LineCounts } from '../line-counts.ts'
import type { ReadBeyond } from './beyond.ts'
import type { Tally } from './tally.ts'

/** What the pointer file keeps of one origin: what is settled, and what was read beyond. */
export interface KeptState extends Tally, ReadBeyond {
  /** As Datadog names it: `file:<path>`, `docker:<container id>`. */
  readonly name: string
  /** Where to go on: a place in a file, or for a stream of the engine's API the time of the last line, RFC 3339 with nanoseconds. */
  readonly at: Place | { readonly since: string }
  readonly sentBytes: number
  readonly refusedLines: number
  /** As `LogLedger.unansweredLines`. */
  readonly unansweredLines: number
}

/** How an origin stands at this moment, its numbers since its account was opened: the gatherer adds what the pointer file kept. */
export interface Standing {
  readonly readBytes: number
  readonly lostBytes: number
  readonly rotations: number
}

/** An origin that delivers through the gatherer. */
export interface OriginAccount {
  readonly name: string
  readonly way: LogLedger['way']
  /** From 0, as `standing`. */
  readonly counts: LineCounts
  readonly standing: () => Standing
  /** Where to go on. Asked when a block closes, which is never in the middle of `hand`. */
  readonly at: () => KeptState['at']
  /** What its files hold that was not read yet; absent where nothing is ever left. Asked for the ledger only: it is looked up. */
  readonly unreadBytes?: () => number
}

/** Puts lines of all origins into blocks, ships these, and moves the pointer file once they are acknowledged. */
export interface Gatherer {
  /** Opens the account of an origin; its numbers go on from those that the pointer file keeps of that name. */
  readonly open: (account: OriginAccount) => OpenAccount
  /**
   * What the pointer file knew of that name at the start, or knows by now. What a Datadog Agent left there has no file: its
   * place is in the file 0, see `Place`.
   */
  readonly keptOf: (name: string) => KeptState | undefined
  /** `undefined` when lines may be handed over now; else resolves when they may again: too much is on its way. */
  readonly room: () => Promise<void> | undefined
  /** The ledgers of all open accounts, and of those closed since the last call. */
  readonly ledgers: (timeMs: number) => readonly LogLedger[]
  /** Ships what is there, waits for what is on its way until `signal` aborts, and writes the pointer file. */
  readonly close: (signal: AbortSignal) => Promise<void>
}

export interface OpenAccount {
  /** Who prints the lines from now on. */
  readonly setOrigin: (origin: LogOrigin) => void
  /**
   * What is handed over next was read from that place on: in the next file, or where reading goes on after a restart.
   * Without a file, `{ fileId: 0n, offset: 0 }`: nothing that was read before comes again.
   */
  readonly begin: (place: Place) => void
  /** Puts a line into the open block. `attributes` is a JSON object of texts, or empty. */
  readonly hand: (entry: Entry, level: number, attributes: string) => void
  /**
   * Something was read that gave no line, such as one that a rule left out: the pointer may move past it all the same. Also
   * for the place where reading begins, so that a start at the end of a file is known after a restart.
   */
  readonly noteProgress: () => void
  /**
   * Nothing more comes. Resolves once all it handed over is acknowledged, or the gatherer closes. Its pointer stays for
   * `auditor_ttl`; with `forget` it goes once all is acknowledged, since what it points into is gone for good.
   */
  readonly close: (pointer?: 'keep' | 'forget') => Promise<void>
}
