/** The place of a happening in the order of time: its moment, the hash of what tells it, and its line in that. */
export interface HappeningKey {
  /** Unix milliseconds. */
  readonly timeMs: number
  /** Decimal digits of 64 bits. */
  readonly hash: string
  readonly line: number
}

const pattern = /^(\d{1,15})-(\d{1,20})-(\d{1,6})$/
const maxHash = 2n ** 64n

/** The place as a text for addresses. */
export function encodeHappeningCursor({ timeMs, hash, line }: HappeningKey): string {
  return `${timeMs}-${hash}-${line}`
}

/** Undefined for a text that is none. */
export function decodeHappeningCursor(text: string): HappeningKey | undefined {
  const [, timeMs, hash, line] = pattern.exec(text) ?? []
  if (hash === undefined || BigInt(hash) >= maxHash) return undefined
  return { timeMs: Number(timeMs), hash, line: Number(line) }
}
