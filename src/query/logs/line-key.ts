/**
 * Tells a line from every other: when it was printed, by what, and where it stands in its file. One that comes from no
 * file has a position of its own. Lines are put in the order of these, the first first.
 */
export interface LineKey {
  /** Unix nanoseconds. */
  readonly timeNs: bigint
  readonly origin: bigint
  readonly file: bigint
  readonly position: bigint
}

const keyBytes = 32
const idPattern = /^[\w-]{43}$/

/** The key as a text for addresses, 43 characters. */
export function encodeLineKey({ timeNs, origin, file, position }: LineKey): string {
  const view = new DataView(new ArrayBuffer(keyBytes))
  view.setBigInt64(0, timeNs)
  for (const [index, value] of [origin, file, position].entries()) {
    view.setBigUint64(8 * (index + 1), value)
  }
  return Buffer.from(view.buffer).toString('base64url')
}

/** Undefined for a text that is none. */
export function decodeLineKey(id: string): LineKey | undefined {
  if (!idPattern.test(id)) return undefined
  const bytes = Buffer.from(id, 'base64url')
  return {
    timeNs: bytes.readBigInt64BE(0),
    origin: bytes.readBigUInt64BE(8),
    file: bytes.readBigUInt64BE(16),
    position: bytes.readBigUInt64BE(24),
  }
}

/** Whether both are of the same line. */
export function isSameLine(one: LineKey, other: LineKey): boolean {
  return (
    one.timeNs === other.timeNs &&
    one.origin === other.origin &&
    one.file === other.file &&
    one.position === other.position
  )
}
