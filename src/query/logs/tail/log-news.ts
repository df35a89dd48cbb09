/** Tells when the store has new lines. */
export interface LogNews {
  /** Up to when lines that came in can be read, Unix milliseconds of the server: what comes later has a later time. */
  readonly takenMs: () => number
  /** Calls the listener after each time that lines were stored; gives the way to stop that. */
  readonly follow: (listener: () => void) => () => void
}
