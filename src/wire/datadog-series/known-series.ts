import { entryBytes, IdentityTable, none, type Identity } from './identity-table.ts'

/** What the table of known series did so far. */
export interface KnownSeriesCounts {
  /** Found in the order in which they came before, or by their hash. */
  readonly hits: number
  readonly misses: number
  /** What the identities that are kept take. */
  readonly bytes: number
}

/** The places of identities are numbers of 31 bits. */
const maxGenerationBytes = 2 ** 30
/** A longer identity is never kept: 300 tags of 200 characters are shorter. */
const maxIdentityBytes = 64 * 1024

/**
 * Finds series by the bytes that identify them: all bytes of a `MetricSeries` but its points. A sender repeats its series
 * in the same order, so the one that followed last time is tried first; else a hash leads to the candidates. Either way
 * all bytes are compared.
 *
 * It keeps two generations of at most `maxBytes` together: when the young one is full it becomes the old one, and what is
 * still asked for moves to the new young one.
 */
export class KnownSeries<T> {
  readonly #maxGenerationBytes: number
  #young = new IdentityTable<T>()
  #old = new IdentityTable<T>()
  /** The young one that was found or kept last. */
  #last = none
  readonly #identity = Buffer.alloc(maxIdentityBytes)
  #length = 0
  #headLength = 0
  #hash = 0
  #hits = 0
  #misses = 0

  constructor(maxBytes: number) {
    this.#maxGenerationBytes = Math.min(maxBytes / 2, maxGenerationBytes)
  }

  /** How many bytes from `start` on are the head of the expected series; 0 when it is another. */
  matchHead(bytes: Buffer, start: number, end: number): number {
    const expected = this.#expected()
    return expected === none ? 0 : this.#young.matchHead(expected, bytes, { start, end })
  }

  /** The expected series when the bytes from `start` to `end` are its tail. */
  matchTail(bytes: Buffer, start: number, end: number): T | undefined {
    const expected = this.#expected()
    if (expected === none) return undefined
    if (!this.#young.matchTail(expected, bytes, { start, end })) return undefined
    this.#last = expected
    this.#hits++
    return this.#young.value(expected)
  }

  /** Starts to take in an identity, part by part. */
  begin(): void {
    this.#length = 0
    this.#headLength = 0
  }

  /** Takes in the next part of the identity. */
  addPart(bytes: Buffer, start: number, end: number): void {
    if (this.#length === 0) this.#headLength = end - start
    if (this.#length + end - start <= maxIdentityBytes) {
      bytes.copy(this.#identity, this.#length, start, end)
    }
    this.#length += end - start
  }

  /** The series with the identity that was taken in; undefined when it is not known. */
  find(): T | undefined {
    if (this.#length > maxIdentityBytes) return this.#miss()
    this.#hash = hashOf(this.#identity, this.#length)
    const young = this.#young.find(this.#taken())
    if (young !== none) {
      this.#hits++
      this.#follow(young)
      return this.#young.value(young)
    }
    const old = this.#old.find(this.#taken())
    const value = old === none ? undefined : this.#old.value(old)
    if (value === undefined) return this.#miss()
    this.#hits++
    this.keep(value)
    return value
  }

  /** Remembers the identity that `find` has just looked for. */
  keep(value: T): void {
    if (this.#length > maxIdentityBytes) return
    const bytes = this.#young.bytes + this.#length + entryBytes
    if (bytes > this.#maxGenerationBytes) this.#age()
    const kept = this.#young.add(this.#taken(), value)
    if (kept !== none) this.#follow(kept)
  }

  counts(): KnownSeriesCounts {
    return {
      hits: this.#hits,
      misses: this.#misses,
      bytes: this.#young.bytes + this.#old.bytes,
    }
  }

  #expected(): number {
    return this.#last === none ? none : this.#young.successor(this.#last)
  }

  #taken(): Identity {
    return {
      bytes: this.#identity,
      length: this.#length,
      headLength: this.#headLength,
      hash: this.#hash,
    }
  }

  #follow(found: number): void {
    if (this.#last !== none) this.#young.follow(this.#last, found)
    this.#last = found
  }

  #miss(): undefined {
    this.#misses++
    return undefined
  }

  #age(): void {
    this.#old = this.#young
    this.#young = new IdentityTable()
    this.#last = none
  }
}

/** 30 bits, so that it is a small integer everywhere. */
function hashOf(bytes: Buffer, length: number): number {
  let hash = length
  let at = 0
  for (; at + 4 <= length; at += 4) {
    const low = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)
    const high = (bytes[at + 2] ?? 0) | ((bytes[at + 3] ?? 0) << 8)
    hash = Math.imul(hash ^ (low | (high << 16)), 0x9e37_79b1)
    hash ^= hash >>> 15
  }
  for (; at < length; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x0100_0193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b)
  return (hash ^ (hash >>> 13)) >>> 2
}
