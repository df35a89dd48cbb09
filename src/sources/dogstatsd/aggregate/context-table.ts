import { metricTypes, type MetricType } from '../metric-type.ts'
import { FreeList } from './free-list.ts'
import { HashIndex } from './hash-index.ts'
import { hashName, identityWords, type ContextIdentity } from './identity.ts'

/** Numbers of the types in `ContextTable.types`; 0 is a context that is not there. */
export const typeNumbers = { count: 1, gauge: 2, set: 3, histogram: 4, distribution: 5 } as const

/** Contexts above 2^21 would not find room beside a page's key in one word (`page-index.ts`). */
const mostContexts = (1 << 21) - 1

/**
 * Contexts by number, as columns: numbers only, since names and tags are told when a context is made and known elsewhere
 * from then on. All columns have their full length from the start; the memory behind them is used as contexts come.
 */
export class ContextTable {
  readonly limit: number
  /** Start of the interval that is open, Unix time in seconds. */
  startS = 0
  /** One of `typeNumbers` for each. */
  readonly types: Uint8Array
  readonly origins: Int32Array
  /** For each: start of the last interval that is closed and had a sample of it; 0 where none had. Unix time, seconds. */
  readonly sampledS: Float64Array
  /** For each: start of the interval in which it was made, or last had a sample with its own time. */
  readonly heardS: Float64Array
  /** For each: not 0 once nothing was heard of it for so long that it is to be forgotten. */
  readonly isDying: Uint8Array
  /** For each: 32 bits of its name. */
  readonly nameHashes: Int32Array
  /** For a histogram: its copy as a distribution, and the other way round; else -1. */
  readonly twins: Int32Array
  readonly #identities: Int32Array
  readonly #numbers: FreeList
  readonly #index: HashIndex

  constructor(maxContexts: number) {
    const limit = Math.min(maxContexts, mostContexts)
    this.limit = limit
    this.types = new Uint8Array(limit)
    this.origins = new Int32Array(limit)
    this.sampledS = new Float64Array(limit)
    this.heardS = new Float64Array(limit)
    this.isDying = new Uint8Array(limit)
    this.nameHashes = new Int32Array(limit)
    this.twins = new Int32Array(limit)
    this.#identities = new Int32Array(limit * identityWords)
    this.#numbers = new FreeList(limit)
    this.#index = new HashIndex(limit)
  }

  get size(): number {
    return this.#numbers.used
  }

  /** All contexts lie below. */
  get top(): number {
    return this.#numbers.top
  }

  /** The context, -1 when there is none. */
  find(identity: Int32Array, origin: number): number {
    return this.#index.find(
      hashOf(identity, origin),
      (context) => this.origins[context] === origin && this.hasIdentity(context, identity),
    )
  }

  /**
   * Makes a context that is not there yet; -1 when there is no room.
   * @param words Of its identity, by `identify()`.
   */
  make({ type, name }: ContextIdentity, words: Int32Array, origin: number): number {
    const context = this.#numbers.take()
    if (context < 0) return context
    this.types[context] = typeNumbers[type]
    this.origins[context] = origin
    this.sampledS[context] = 0
    this.heardS[context] = this.startS
    this.isDying[context] = 0
    this.nameHashes[context] = hashName(name)
    this.twins[context] = -1
    this.#identities.set(words, context * identityWords)
    this.#index.add(context, hashOf(words, origin))
    return context
  }

  remove(context: number): void {
    this.#index.remove(context)
    this.types[context] = 0
    this.isDying[context] = 0
    this.#numbers.give(context)
  }

  /** Lets the lowest numbers be given first, after contexts were removed. */
  order(): void {
    this.#numbers.rewind()
  }

  typeOf(context: number): MetricType | undefined {
    return metricTypes[(this.types[context] ?? 0) - 1]
  }

  identityOf(context: number): Int32Array {
    return this.#identities.subarray(context * identityWords, (context + 1) * identityWords)
  }

  hasIdentity(context: number, identity: Int32Array): boolean {
    const from = context * identityWords
    for (let word = 0; word < identityWords; word += 1)
      if (this.#identities[from + word] !== identity[word]) return false
    return true
  }
}

function hashOf(identity: Int32Array, origin: number): number {
  return (identity[0] ?? 0) ^ Math.imul(origin, 0x9e_37_79_b1)
}
