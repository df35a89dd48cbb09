/** What became of the lines of one origin since its agent started, or since the state that was read from the pointer file. */
export interface LineCounts {
  /** Whole lines, as `LogLedger.readLines`; of them those that went into a block, and those that a rule left out. */
  readLines: number
  handedLines: number
  droppedLines: number
  truncatedLines: number
}
