/**
 * Where lines come from, and what is said of all of them. One object is made for each source of lines and kept as long
 * as nothing in it changes, so that whoever derives something from it can keep that in a `WeakMap`.
 */
export interface LogOrigin {
  readonly host: string
  /** 64 hexadecimal digits; empty for lines that no container printed. */
  readonly containerId: string
  readonly containerName: string
  /** As it was asked for; empty when there is no container. */
  readonly image: string
  readonly service: string
  /** What kind of program wrote them: Datadog's `ddsource`. */
  readonly source: string
  /** `key:value`: of the container at high cardinality, of the source and of the host; without duplicates. */
  readonly tags: readonly string[]
}

/** Lines that follow each other in a block and come from one file of one origin. */
export interface LogRun {
  readonly origin: LogOrigin
  /** Tells one file of the origin from another, also after a rotation; 0 where lines come from no file. */
  readonly fileId: bigint
  readonly lineCount: number
}

/**
 * Log lines as columns, in the order they were read: line n of a block, from 0, has the n-th value of each column, and its
 * texts lie between the n-th and the next of their offsets. There is one offset more than there are lines, and the first
 * is 0: what Arrow's Utf8 columns want. Each array is exactly as long as that; the bytes are what was printed, UTF-8 by
 * custom, not by promise.
 */
export interface LogBlock {
  /** Their `lineCount`s add up to that of the block. */
  readonly runs: readonly LogRun[]
  readonly lineCount: number
  /** Unix time in nanoseconds, not negative and before `logTimesEndNs`. */
  readonly timesNs: BigInt64Array
  /** Where in its file the line begins, in bytes; 0 where it comes from no file. With origin and file it tells a line apart. */
  readonly positions: Float64Array
  /** Places in `logLevels`. */
  readonly levels: Uint8Array
  /** Places in `logOutputs`. */
  readonly outputs: Uint8Array
  readonly messages: Uint8Array
  readonly messageOffsets: Int32Array
  /** Of each line that has any, a JSON object of texts, nested names joined by dots: `{"http.status":"200"}`; else empty. */
  readonly attributes: Uint8Array
  readonly attributeOffsets: Int32Array
}

/** The begin of the year 2200 in Unix nanoseconds: every table can hold what is before. */
export const logTimesEndNs: bigint = 7_258_118_400_000_000_000n
