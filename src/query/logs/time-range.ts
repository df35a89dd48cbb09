/** Unix nanoseconds; from is included, to is not. */
export interface TimeRange {
  readonly fromNs: bigint
  readonly toNs: bigint
}

const firstPieceNs = 30_000_000_000n
const leastGrowth = 4
const mostGrowth = 64

/** The range in Unix milliseconds as one in nanoseconds; `toMs` is included whole. */
export function toTimeRange(fromMs: number, toMs: number): TimeRange {
  return { fromNs: toNanos(fromMs), toNs: toNanos(toMs) + 1_000_000n }
}

/** Nanoseconds of whole milliseconds. */
export function toNanos(ms: number): bigint {
  return BigInt(Math.trunc(ms)) * 1_000_000n
}

/**
 * The pieces of a range, from its end backwards (`desc`) or from its start on. The more is missing of what is looked for,
 * the longer the next one is.
 */
export class TimePieces {
  readonly #range: TimeRange
  readonly #order: 'asc' | 'desc'
  #doneNs = 0n

  constructor(range: TimeRange, order: 'asc' | 'desc') {
    this.#range = range
    this.#order = order
  }

  /** The next piece, `factor` times as long as all before it, within bounds; undefined after the last. */
  next(factor: number): TimeRange | undefined {
    const { fromNs, toNs } = this.#range
    const wholeNs = toNs - fromNs
    const start = this.#doneNs
    if (start >= wholeNs) return undefined
    const growth = Math.min(Math.max(Math.ceil(factor), leastGrowth), mostGrowth)
    const end = start === 0n ? firstPieceNs : start + start * BigInt(growth)
    this.#doneNs = end < wholeNs ? end : wholeNs
    return this.#order === 'desc'
      ? { fromNs: toNs - this.#doneNs, toNs: toNs - start }
      : { fromNs: fromNs + start, toNs: fromNs + this.#doneNs }
  }
}
