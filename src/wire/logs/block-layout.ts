/**
 * Where things lie in an encoded block. Both sides use this, so that they cannot differ.
 * @see docs/reference/logs-route.md
 */
export interface BlockLayout {
  readonly origins: Range
  readonly runOrigins: Range
  readonly runFileIds: Range
  readonly runLineCounts: Range
  readonly timesNs: Range
  readonly positions: Range
  readonly messageOffsets: Range
  readonly attributeOffsets: Range
  readonly levels: Range
  readonly outputs: Range
  readonly messages: Range
  readonly attributes: Range
  /** Length of the whole. */
  readonly sizeBytes: number
}

/** From which byte of the block, always a multiple of 8, to which. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** What the numbers of the header say, in their order there. */
export interface BlockSizes {
  readonly originsBytes: number
  readonly runCount: number
  readonly lineCount: number
  readonly messagesBytes: number
  readonly attributesBytes: number
}

/** The first bytes of each block: `VLOG`, and the version of the format, both as numbers of 32 bits. */
export const blockMagic = 0x474f_4c56
export const blockVersion = 1
/** Magic, version, five sizes, and a number that is not in use. */
export const headerBytes = 32

/** Lays a block of these sizes out. */
export function layOut(sizes: BlockSizes): BlockLayout {
  const { runCount, lineCount } = sizes
  let end = headerBytes
  const next = (bytes: number): Range => {
    const start = aligned(end)
    end = start + bytes
    return { start, end }
  }
  return {
    origins: next(sizes.originsBytes),
    runOrigins: next(runCount * 4),
    runFileIds: next(runCount * 8),
    runLineCounts: next(runCount * 4),
    timesNs: next(lineCount * 8),
    positions: next(lineCount * 8),
    messageOffsets: next((lineCount + 1) * 4),
    attributeOffsets: next((lineCount + 1) * 4),
    levels: next(lineCount),
    outputs: next(lineCount),
    messages: next(sizes.messagesBytes),
    attributes: next(sizes.attributesBytes),
    sizeBytes: end,
  }
}

function aligned(position: number): number {
  return Math.ceil(position / 8) * 8
}
