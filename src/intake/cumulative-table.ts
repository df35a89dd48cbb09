/** How far something has counted, and since when. */
export interface Reading<Value> {
  /** When the count began, Unix milliseconds; 0 where nobody says. */
  readonly startMs: number
  /** When it was read, Unix milliseconds. */
  readonly timeMs: number
  readonly value: Value
  /** Numbers that the value is made of: what keeping it costs. */
  readonly size: number
}

/** What came since the last reading. */
export type Growth<Value> =
  /** All of it came within those seconds. */
  | {
      readonly kind: 'grown'
      readonly value: Value
      readonly sinceMs: number
      readonly isWhole: boolean
    }
  /** Nobody knows which part of it is new; the next reading tells. */
  | { readonly kind: 'first' }
  /** It came before, or a later one did. */
  | { readonly kind: 'late' }
  /** Too many others are counted. */
  | { readonly kind: 'no-room' }

/** Bounds of the table. */
export interface CumulativeLimits {
  readonly series: number
  /** Numbers of all readings together. */
  readonly numbers: number
}

/** 100,000 series of some 300 bytes, and 32 MiB of buckets. */
export const cumulativeLimits: CumulativeLimits = { series: 100_000, numbers: 4_000_000 }

/** A series that was silent for so long is forgotten, as Datadog's exporter does (`delta_ttl`). */
const idleMs = 3_600_000

/**
 * The last reading of everything that senders count from their start on: what makes of it how much came in an interval, which
 * is what a count is here. A count begins anew when its start is another, or when it is less than it was.
 * @see https://opentelemetry.io/docs/specs/otel/metrics/data-model/#resets-and-gaps
 */
export class CumulativeTable {
  readonly #limits: CumulativeLimits
  readonly #openedAtMs: number
  /** The one that was read last comes last. */
  readonly #readings = new Map<string, Reading<unknown> & { readonly usedAtMs: number }>()
  #numbers = 0

  /** @param openedAtMs Unix milliseconds; what began before is not known from its start on. */
  constructor(openedAtMs: number, limits: CumulativeLimits = cumulativeLimits) {
    this.#openedAtMs = openedAtMs
    this.#limits = limits
  }

  /** Readings begin to be taken in that can be taken back. */
  begin(nowMs: number): CumulativeReadings {
    for (const [key, { usedAtMs, size }] of this.#readings) {
      if (usedAtMs > nowMs - idleMs) break
      this.#readings.delete(key)
      this.#numbers -= size
    }
    return new CumulativeReadings(this, nowMs)
  }

  /** Whether a count that began then, and was never seen, is new as a whole. */
  isKnownSince(startMs: number, nowMs: number): boolean {
    return startMs >= this.#openedAtMs && startMs > nowMs - idleMs
  }

  get(key: string): Reading<unknown> | undefined {
    return this.#readings.get(key)
  }

  /** Keeps a reading in the place of the last one; false when there is no room. */
  set(key: string, reading: Reading<unknown>, usedAtMs: number): boolean {
    const before = this.#readings.get(key)
    const numbers = this.#numbers + reading.size - (before?.size ?? 0)
    const series = this.#readings.size + (before === undefined ? 1 : 0)
    if (series > this.#limits.series || numbers > this.#limits.numbers) return false
    this.#readings.delete(key)
    this.#readings.set(key, { ...reading, usedAtMs })
    this.#numbers = numbers
    return true
  }

  delete(key: string): void {
    this.#numbers -= this.#readings.get(key)?.size ?? 0
    this.#readings.delete(key)
  }
}

/** The readings of one export. */
export class CumulativeReadings {
  readonly #table: CumulativeTable
  readonly #nowMs: number
  readonly #undo: (() => void)[] = []

  constructor(table: CumulativeTable, nowMs: number) {
    this.#table = table
    this.#nowMs = nowMs
  }

  /**
   * Takes in the next reading of what `key` names.
   * @param subtract What lies between two readings of one count; undefined where the later one is no continuation.
   */
  advance<Value>(
    key: string,
    reading: Reading<Value>,
    subtract: (later: Value, earlier: Value) => Value | undefined,
  ): Growth<Value> {
    const before = this.#table.get(key)
    if (before !== undefined && before.timeMs >= reading.timeMs) return { kind: 'late' }
    // Keys name the kind of metric too: what is kept under one was made by the same caller.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const earlier = before as Reading<Value> | undefined
    if (!this.#table.set(key, reading, this.#nowMs)) return { kind: 'no-room' }
    this.#undo.push(() => this.#takeBack(key, reading, before))
    const { startMs, timeMs, value } = reading
    // A count that begins when it is read has begun at a time that nobody knows.
    if (startMs === timeMs) return { kind: 'first' }
    const whole = { kind: 'grown', value, sinceMs: startMs, isWhole: true } as const
    if (earlier === undefined) {
      return this.#table.isKnownSince(startMs, this.#nowMs) ? whole : { kind: 'first' }
    }
    const since = startMs === earlier.startMs ? subtract(value, earlier.value) : undefined
    if (since === undefined) return { ...whole, sinceMs: Math.max(startMs, earlier.timeMs) }
    return { kind: 'grown', value: since, sinceMs: earlier.timeMs, isWhole: false }
  }

  /** Forgets the readings of an export that could not be stored: it is sent again. */
  takeBack(): void {
    for (const undo of this.#undo.toReversed()) undo()
  }

  /** What has been read since by another export stays. */
  #takeBack(key: string, reading: Reading<unknown>, before: Reading<unknown> | undefined): void {
    if (this.#table.get(key)?.timeMs !== reading.timeMs) return
    if (before === undefined) this.#table.delete(key)
    else this.#table.set(key, before, this.#nowMs)
  }
}
