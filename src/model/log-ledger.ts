/**
 * What became of the lines of one container, or of one file, added up since it was first seen, over restarts of the agent
 * too. Always `readLines = sentLines + droppedLines + refusedLines + waitingLines + unansweredLines`.
 */
export interface LogLedger {
  readonly kind: 'log-ledger'
  readonly host: string
  /** As the pointer file names it: `docker:<id>`, `file:<path>`. */
  readonly name: string
  /** Empty for what is no container's. */
  readonly containerId: string
  readonly containerName: string
  /** Unix milliseconds. */
  readonly timeMs: number
  /** How its lines are read now: `file`, `api`, `tcp`, `udp`. */
  readonly way: string
  /** What its files hold and held, as far as that is known: what was read, and what is still to be read. */
  readonly writtenBytes: number
  readonly readBytes: number
  /** Whole lines: parts that the engine cut are joined, and so are lines that belong together. */
  readonly readLines: number
  /** Acknowledged by the server. */
  readonly sentBytes: number
  readonly sentLines: number
  /** Left out by a rule of the configuration. */
  readonly droppedLines: number
  /** The server will never take them. */
  readonly refusedLines: number
  /** Longer than allowed, and cut. */
  readonly truncatedLines: number
  /** Gone before they could be read, as far as that could be noticed. */
  readonly lostBytes: number
  readonly rotations: number
  /** Read and not yet acknowledged. */
  readonly waitingLines: number
  /**
   * Shipped by an agent that was killed before it was answered, and gone from the disk since, so that they are not read
   * again. Most of them are stored.
   */
  readonly unansweredLines: number
}
