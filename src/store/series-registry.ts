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
 * bounded: `maxSeries` in use at a time, some 300 bytes each; a series idle for an hour makes room for a new one.
 */
export class SeriesRegistry {
  readonly maxSeries: number
  readonly #clock: () => number
  /** By their ids. */
  readonly #entries = new Map<bigint, Entry>()
  #shared = new SharedParts()
  #sweptAtMs = Number.NEGATIVE_INFINITY
  #refused = 0

  constructor(maxSeries: number, clock: () => number = Date.now) {
    this.maxSeries = maxSeries
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
    const stored = storedSeries(series)
    const entry = this.#entries.get(stored.id)
    if (entry !== undefined && entry.series.intervalS === series.intervalS) {
      entry.usedAtMs = this.#clock()
      return entry.series
    }
    if (entry === undefined && !this.#hasRoom()) {
      this.#refused += 1
      return undefined
    }
    const kept = this.#shared.of(stored)
    this.#entries.set(kept.id, { series: kept, usedAtMs: this.#clock() })
    return kept
  }

  #hasRoom(): boolean {
    if (this.#entries.size < this.maxSeries) return true
    const nowMs = this.#clock()
    if (nowMs - this.#sweptAtMs < sweepEveryMs) return false
    this.#sweptAtMs = nowMs
    this.#shared = new SharedParts()
    for (const [id, { series, usedAtMs }] of this.#entries) {
      if (nowMs - usedAtMs > idleMs) this.#entries.delete(id)
      else this.#shared.of(series)
    }
    return this.#entries.size < this.maxSeries
  }
}

/** Names and lists of tags, each once: a container has the same tags in all of its series, which are many. */
class SharedParts {
  readonly #texts = new Map<string, string>()
  readonly #tagLists = new Map<string, readonly string[]>()

  of(series: StoredSeries): StoredSeries {
    const { metric, host, tags } = series
    return { ...series, metric: this.#text(metric), host: this.#text(host), tags: this.#list(tags) }
  }

  #text(text: string): string {
    const known = this.#texts.get(text)
    if (known !== undefined) return known
    this.#texts.set(text, text)
    return text
  }

  #list(tags: readonly string[]): readonly string[] {
    const key = joinParts(tags)
    const known = this.#tagLists.get(key)
    if (known !== undefined) return known
    const shared = tags.map((tag) => this.#text(tag))
    this.#tagLists.set(key, shared)
    return shared
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
  return {
    id: digest.readBigUInt64BE(0),
    metric,
    kind,
    host,
    tags,
    intervalS,
    described: undefined,
  }
}

function identityKey(series: NewSeries, tags: readonly string[]): string {
  const { metric, kind, host } = series
  return `${metric.length}:${metric}${kind}${host.length}:${host}${joinParts(tags)}`
}

/** Each with its length in front: no two lists give the same text. */
function joinParts(parts: readonly string[]): string {
  let joined = ''
  for (const part of parts) joined += `${part.length}:${part}`
  return joined
}
