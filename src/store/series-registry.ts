import { hash } from 'node:crypto'
import type { SeriesIdentity } from '../model/series.ts'
import type { StoredKind, StoredSeries } from './store.ts'

/** What tells a series from all others, and how often it comes. */
export interface NewSeries extends SeriesIdentity {
  readonly kind: StoredKind
}

/** Whether a series that was not used for this long may make room for another. */
const idleMs = 3_600_000
/** Looking for idle ones walks over all: not more often than this. */
const sweepEveryMs = 60_000

interface Entry {
  readonly series: StoredSeries
  usedAtMs: number
}

/**
 * Turns the identity of a series into its stored form, one object for each series while it is in use. Its memory is
 * bounded: `maxSeries` in use at a time, about 1 KB each; a series idle for an hour makes room for a new one.
 */
export class SeriesRegistry {
  readonly #maxSeries: number
  readonly #clock: () => number
  /** By identity with the tags as they came, so that a known series costs one look-up. */
  readonly #entries = new Map<string, Entry>()
  #sweptAtMs = Number.NEGATIVE_INFINITY
  #refused = 0

  constructor(maxSeries: number, clock: () => number = Date.now) {
    this.#maxSeries = maxSeries
    this.#clock = clock
  }

  /** Series in use. */
  get size(): number {
    return this.#entries.size
  }

  /** Series that found no room since the start, each time they came. */
  get refused(): number {
    return this.#refused
  }

  /** The stored form of a series, undefined when `maxSeries` others are in use: its points cannot be kept. */
  resolve(series: NewSeries): StoredSeries | undefined {
    const key = identityKey(series, series.tags)
    const entry = this.#entries.get(key)
    if (entry !== undefined && entry.series.intervalS === series.intervalS) {
      entry.usedAtMs = this.#clock()
      return entry.series
    }
    if (entry === undefined && !this.#hasRoom()) {
      this.#refused += 1
      return undefined
    }
    const stored = storedSeries(series)
    this.#entries.set(key, { series: stored, usedAtMs: this.#clock() })
    return stored
  }

  #hasRoom(): boolean {
    if (this.#entries.size < this.#maxSeries) return true
    const nowMs = this.#clock()
    if (nowMs - this.#sweptAtMs < sweepEveryMs) return false
    this.#sweptAtMs = nowMs
    for (const [key, { usedAtMs }] of this.#entries) {
      if (nowMs - usedAtMs > idleMs) this.#entries.delete(key)
    }
    return this.#entries.size < this.#maxSeries
  }
}

/**
 * The series as it is stored: tags sorted and without duplicates, and an id of 64 bits that follows from metric, kind,
 * host and tags alone (the first 8 bytes of their SHA-256), so that every server gives it the same one. Among a
 * million series, two share an id with a likelihood of 3 in 100 million.
 */
export function storedSeries(series: NewSeries): StoredSeries {
  const { metric, kind, host, intervalS } = series
  const tags = [...new Set(series.tags)].toSorted()
  const digest = hash('sha256', identityKey(series, tags), 'buffer')
  return { id: digest.readBigUInt64BE(0), metric, kind, host, tags, intervalS }
}

/** Each part with its length in front: no two identities give the same text. */
function identityKey(series: NewSeries, tags: readonly string[]): string {
  const { metric, kind, host } = series
  let key = `${metric.length}:${metric}${kind}${host.length}:${host}`
  for (const tag of tags) key += `${tag.length}:${tag}`
  return key
}
