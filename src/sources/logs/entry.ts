/**
 * One line on its way from the bytes of its file to a block. The object belongs to whoever hands it over and is filled
 * anew for the next line: what is needed later must be copied.
 */
export interface Entry {
  bytes: Uint8Array
  /** The line is `bytes` from `start` to `end`, without its line end. */
  start: number
  end: number
  /** Unix time in nanoseconds; that of the reading where the line carries none. */
  timeNs: bigint
  /** Place in `logOutputs`. */
  output: number
  /** File it begins in, and where in it its first byte is; 0 and 0 without a file. */
  fileId: bigint
  position: number
  /** It was longer than allowed: this is its beginning (`head`), a part between (`middle`) or its end (`tail`). */
  cut: 'none' | 'head' | 'middle' | 'tail'
}

/** Takes lines one after the other. Whatever is in them, it does not throw. */
export interface EntryTaker {
  readonly take: (entry: Entry) => void
  /** Hands on what has waited for its continuation since before `sinceMs` (monotonic milliseconds). */
  readonly settle: (sinceMs: number) => void
  /** Nothing more comes: hands on whatever waits. */
  readonly end: () => void
  /** Where the first line that still waits here begins; `undefined` when none does. */
  readonly waitingFrom: () => Place | undefined
}

/** A place in one of the files of an origin. */
export interface Place {
  /** 0 where the file is not known, only how far it was read: the one of that name, if it is at least so long. */
  readonly fileId: bigint
  readonly offset: number
}
