/** What the table of known series did so far. */
export interface KnownSeriesCounts {
  /** Found in the order in which they came before, or by their hash. */
  readonly hits: number
  readonly misses: number
  /** Bytes of the identities that are kept. */
  readonly bytes: number
}

interface Known<T> {
  readonly identity: Buffer
  /** Bytes of the identity that come before the first point. */
  readonly headLength: number
  readonly value: T
  /** Another series whose bytes have the same hash. */
  readonly next: Known<T> | undefined
  /** The series that came after this one the last time. */
  successor: Known<T> | undefined
}

/** Series of one hash that are kept; more can only be an attack on the table. */
const maxChain = 8
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
  #young = new Map<number, Known<T>>()
  #old = new Map<number, Known<T>>()
  #youngBytes = 0
  #oldBytes = 0
  /** The one that was found or kept last. */
  #last: Known<T> | undefined
  readonly #identity = Buffer.alloc(maxIdentityBytes)
  #length = 0
  #headLength = 0
  #hash = 0
  #hits = 0
  #misses = 0

  constructor(maxBytes: number) {
    this.#maxGenerationBytes = maxBytes / 2
  }

  /** How many bytes from `start` on are the head of the expected series; 0 when it is another. */
  matchHead(bytes: Buffer, start: number, end: number): number {
    const expected = this.#last?.successor
    if (expected === undefined) return 0
    const { identity, headLength } = expected
    if (headLength === 0 || start + headLength > end) return 0
    return identity.compare(bytes, start, start + headLength, 0, headLength) === 0 ? headLength : 0
  }

  /** The expected series when the bytes from `start` to `end` are its tail. */
  matchTail(bytes: Buffer, start: number, end: number): T | undefined {
    const expected = this.#last?.successor
    if (expected === undefined) return undefined
    const { identity, headLength } = expected
    if (identity.length - headLength !== end - start) return undefined
    // A tail is a few bytes; a call into the engine costs more than the loop.
    for (let at = start, n = headLength; at < end; at++, n++) {
      if (bytes[at] !== identity[n]) return undefined
    }
    this.#last = expected
    this.#hits++
    return expected.value
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
    const young = this.#search(this.#young.get(this.#hash))
    const found = young ?? this.#search(this.#old.get(this.#hash))
    if (found === undefined) return this.#miss()
    this.#hits++
    if (young === undefined) this.keep(found.value)
    else this.#follow(young)
    return found.value
  }

  /** Remembers the identity that `find` has just looked for. */
  keep(value: T): void {
    if (this.#length > maxIdentityBytes) return
    if (this.#youngBytes + this.#length > this.#maxGenerationBytes) this.#age()
    const next = this.#young.get(this.#hash)
    if (chainLength(next) >= maxChain) return
    const identity = Buffer.from(this.#identity.subarray(0, this.#length))
    const kept = { identity, headLength: this.#headLength, value, next, successor: undefined }
    this.#young.set(this.#hash, kept)
    this.#youngBytes += this.#length
    this.#follow(kept)
  }

  counts(): KnownSeriesCounts {
    return { hits: this.#hits, misses: this.#misses, bytes: this.#youngBytes + this.#oldBytes }
  }

  #follow(found: Known<T>): void {
    if (this.#last !== undefined) this.#last.successor = found
    this.#last = found
  }

  #miss(): undefined {
    this.#misses++
    return undefined
  }

  #search(first: Known<T> | undefined): Known<T> | undefined {
    for (let one = first; one !== undefined; one = one.next) {
      const { identity } = one
      if (identity.length !== this.#length) continue
      if (identity.compare(this.#identity, 0, this.#length) === 0) return one
    }
    return undefined
  }

  #age(): void {
    this.#old = this.#young
    this.#oldBytes = this.#youngBytes
    this.#young = new Map()
    this.#youngBytes = 0
    // Chains of successors must not keep dropped generations alive.
    for (const known of this.#old.values()) known.successor = undefined
    this.#last = undefined
  }
}

/** 30 bits, so that a Map keeps them as small integers. */
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

function chainLength(first: Known<unknown> | undefined): number {
  let length = 0
  for (let one = first; one !== undefined; one = one.next) length++
  return length
}
