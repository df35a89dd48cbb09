import type { LogLevel, LogOutput } from '../../model/log-level.ts'

/** One line of a log. */
export interface LogRow {
  /** Names the line for ever, as long as it is kept: for permalinks and for its context. */
  readonly id: string
  /** Unix milliseconds, and the nanoseconds beyond them (0 to 999,999). */
  readonly time: number
  readonly timeNanos: number
  readonly host: string
  /** Empty for lines that no container printed. */
  readonly containerId: string
  readonly containerName: string
  readonly image: string
  readonly service: string
  readonly source: string
  readonly level: LogLevel
  readonly stream: LogOutput
  /** Bytes that are no UTF-8 are replaced by U+FFFD; colours of terminals are kept as escape sequences. */
  readonly message: string
  /** From the line itself, names of nested ones joined by dots. */
  readonly attributes: Readonly<Record<string, string>>
  readonly tags: readonly string[]
}

/** Answer of `GET /api/logs`: lines that match, the newest first unless asked otherwise. */
export interface LogList {
  /** The range that was looked at, Unix milliseconds. */
  readonly from: number
  readonly to: number
  readonly rows: readonly LogRow[]
  /** Ask again with it as `cursor` for the rows that follow in the same range; null after the last. */
  readonly next: string | null
  /** `after` of `GET /api/logs/tail`: a stream from there on has every line that came in too late for this answer. */
  readonly tail: string
}

/** Answer of `GET /api/logs/histogram`. */
export interface LogHistogram {
  readonly from: number
  readonly to: number
  readonly stepMs: number
  /** Start of each step. */
  readonly times: readonly number[]
  /** Lines in each step, for each level that occurs. */
  readonly levels: readonly { readonly level: LogLevel; readonly counts: readonly number[] }[]
  readonly total: number
}

/** Answer of `GET /api/logs/facets`: the most frequent values of each field among the lines that match. */
export interface LogFacets {
  readonly from: number
  readonly to: number
  readonly facets: readonly LogFacet[]
  /** Counted over so many of the newest lines; null when over all. */
  readonly sampledLines: number | null
}

export interface LogFacet {
  /** As it is written in a query: `level`, `container`, `service`, `@http.status`. */
  readonly field: string
  readonly values: readonly { readonly value: string; readonly count: number }[]
}

/** Answer of `GET /api/logs/context`: what the same container printed before and after a line. */
export interface LogContext {
  /** In the order of time; the line itself is among them. */
  readonly rows: readonly LogRow[]
  readonly id: string
  readonly hasBefore: boolean
  readonly hasAfter: boolean
}

/**
 * Event `rows` of `GET /api/logs/tail`: lines that came in since the event before, in the order of time; a line may have
 * come before, its id tells. The event's own id goes back as `Last-Event-ID`, or as `after`, to go on from there.
 */
export interface LogTailRows {
  /** The newest of them, at most as many as a page can take in. */
  readonly rows: readonly LogRow[]
  /** Lines that matched and were left out here; a query of the history has them. */
  readonly skipped: number
}

/** Answer of `GET /api/logs/ledger`: what became of the lines of a container. */
export interface LogLedgerList {
  readonly ledgers: readonly LogLedgerRow[]
}

/** Numbers since the agent first saw it; see the glossary in docs/guide/logs.md. */
export interface LogLedgerRow {
  readonly host: string
  readonly name: string
  readonly containerId: string
  readonly containerName: string
  /** When the agent told it last, Unix milliseconds. */
  readonly time: number
  readonly way: string
  readonly writtenBytes: number
  readonly readBytes: number
  readonly readLines: number
  readonly sentBytes: number
  readonly sentLines: number
  readonly droppedLines: number
  readonly refusedLines: number
  readonly truncatedLines: number
  readonly lostBytes: number
  readonly rotations: number
  readonly waitingLines: number
  readonly unansweredLines: number
  /** Rows in the store, those that are there more than once, and those that gave way to the budget or to age are not. */
  readonly storedLines: number
  readonly duplicatedLines: number
}
