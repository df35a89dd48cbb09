import { recordAt } from './scan-record.ts'

/** No context is known for the bytes. */
export const unknown = -1
/** The bytes belong to a metric that is not wanted. */
export const unwanted = -2
/** The bytes belong to a context that found no room; less than that by the place of its name among the offenders. */
export const refused = -3

const smallestSlots = 4096
const smallestArena = 1 << 16
/** `[hash, context (or what stands for none) + 1, place in the arena, words]` */
const slotWords = 4
const empty = 0
const removed = -1000

/** What is to be remembered of a key. */
interface Found {
  readonly keys: Int32Array
  readonly context: number
}

/**
 * Remembers which context the raw bytes of a message belong to, as 32-bit words: everything of it but values, rate and time.
 * One context may have several aliases, since clients write tags in any order. Its memory is bounded: once it is full, it
 * forgets everything, at most once in each interval; until then new aliases are not kept, and cost only time.
 */
export class AliasTable {
  #slots = new Int32Array(smallestSlots * slotWords)
  #mask = smallestSlots - 1
  #arena = new Int32Array(smallestArena)
  #arenaTop = 0
  /** Words in the arena that belong to no alias any more. */
  #garbage = 0
  /** Slots that are not empty. */
  #taken = 0
  #live = 0
  /** Keys that are there only to be refused. */
  #refused = 0
  #mayForget = true
  #rebuilds = 0
  readonly #maxAliases: number
  readonly #maxWords: number

  constructor(maxContexts: number) {
    this.#maxAliases = maxContexts * 2 + 1024
    this.#maxWords = maxContexts * 64 + (1 << 20)
  }

  get size(): number {
    return this.#live
  }

  /**
   * The context of a message, or `unknown`, `unwanted`, `refused` or less.
   * @param records Says at `record` what its hash is, and which of `keys` are its key (`scan-record.ts`).
   */
  // Most of what counts as complex here are defaults of numbers that are always there.
  // oxlint-disable-next-line eslint/complexity
  find(records: Int32Array, record: number, keys: Int32Array): number {
    const hash = records[record + recordAt.hash] ?? 0
    const from = records[record + recordAt.key] ?? 0
    const length = records[record + recordAt.words] ?? 0
    const slots = this.#slots
    const arena = this.#arena
    const mask = this.#mask
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const at = slot << 2
      const target = slots[at + 1] ?? 0
      if (target === empty) break
      if (slots[at] !== hash || slots[at + 3] !== length) continue
      const known = slots[at + 2] ?? 0
      let same = 0
      while (same < length && arena[known + same] === keys[from + same]) same += 1
      if (same === length) return target - 1
    }
    return unknown
  }

  /** Fetches the slot that a hash will be looked for in. @returns What is in it. */
  touch(hash: number): number {
    return this.#slots[((hash & this.#mask) << 2) + 1] ?? 0
  }

  /** Fetches the words that will be compared. @returns The context that will be found, in most cases. */
  touchTarget(hash: number): number {
    const at = (hash & this.#mask) << 2
    const word = this.#arena[this.#slots[at + 2] ?? 0] ?? 0
    return word === 0 ? unknown : (this.#slots[at + 1] ?? 0) - 1
  }

  /** Remembers what `find` is to give for a message that it did not know. */
  add(records: Int32Array, record: number, { keys, context }: Found): void {
    const hash = records[record + recordAt.hash] ?? 0
    const from = records[record + recordAt.key] ?? 0
    const length = records[record + recordAt.words] ?? 0
    if (context <= refused && !this.#mayRefuse()) return
    if (!this.#hasRoom(length)) return
    if (context <= refused) this.#refused += 1
    if ((this.#taken + 1) * 2 > this.#mask) this.#rebuild()
    let slot = hash & this.#mask
    while (this.#slots[slot * slotWords + 1] !== empty) slot = (slot + 1) & this.#mask
    const at = slot * slotWords
    this.#slots[at] = hash
    this.#slots[at + 1] = context + 1
    this.#slots[at + 2] = this.#arenaTop
    this.#slots[at + 3] = length
    this.#arena.set(keys.subarray(from, from + length), this.#arenaTop)
    this.#arenaTop += length
    this.#taken += 1
    this.#live += 1
  }

  /** Slots, for `sweep`. */
  get slotCount(): number {
    return this.#mask + 1
  }

  /** How often the aliases got other slots. */
  get rebuilds(): number {
    return this.#rebuilds
  }

  /** Removes the aliases of contexts that are marked, in the slots from `from` up to `to`. */
  sweep(isMarked: Uint8Array, from: number, to: number): void {
    const slots = this.#slots
    for (let at = from * slotWords; at < to * slotWords; at += slotWords) {
      const target = slots[at + 1] ?? 0
      if (target <= 0 || isMarked[target - 1] === 0) continue
      this.#remove(at)
    }
  }

  /** There is room for contexts again. */
  forgetRefused(): void {
    if (this.#refused === 0) return
    const slots = this.#slots
    for (let at = 0; at < slots.length; at += slotWords) {
      const context = (slots[at + 1] ?? 0) - 1
      if (context <= refused && slots[at + 3] !== 0) this.#remove(at)
    }
    this.#refused = 0
  }

  /** An interval is over: gives memory back if most of it is not needed, and may forget everything once more. */
  settle(): void {
    this.#mayForget = true
    const isSparse = this.#mask >= smallestSlots && this.#live * 8 < this.#mask
    if (isSparse || this.#garbage * 2 > this.#arenaTop + smallestArena) this.#rebuild()
  }

  #remove(at: number): void {
    this.#garbage += this.#slots[at + 3] ?? 0
    this.#live -= 1
    this.#slots[at + 1] = removed
    // No key has no words, so that a removed slot is never found.
    this.#slots[at + 3] = 0
  }

  /** Whether there is room for keys that are of no use but to save time. */
  #mayRefuse(): boolean {
    const words = this.#arenaTop - this.#garbage
    return this.#live * 8 < this.#maxAliases * 7 && words * 8 < this.#maxWords * 7
  }

  #hasRoom(length: number): boolean {
    const isFull =
      this.#live >= this.#maxAliases || this.#arenaTop - this.#garbage + length > this.#maxWords
    if (isFull) {
      if (!this.#mayForget) return false
      this.#mayForget = false
      this.#clear()
    }
    if (this.#arenaTop + length > this.#arena.length) this.#growArena(length)
    return true
  }

  #growArena(length: number): void {
    if (this.#garbage * 2 > this.#arenaTop) this.#rebuild()
    if (this.#arenaTop + length <= this.#arena.length) return
    const grown = new Int32Array(Math.max(this.#arena.length * 2, this.#arenaTop + length))
    grown.set(this.#arena.subarray(0, this.#arenaTop))
    this.#arena = grown
  }

  #clear(): void {
    this.#rebuilds += 1
    this.#slots = new Int32Array(smallestSlots * slotWords)
    this.#mask = smallestSlots - 1
    this.#arena = new Int32Array(smallestArena)
    this.#arenaTop = 0
    this.#garbage = 0
    this.#taken = 0
    this.#live = 0
    this.#refused = 0
  }

  /** Moves what is left into tables of the right size. */
  #rebuild(): void {
    const slots = this.#slots
    const arena = this.#arena
    const words = this.#arenaTop - this.#garbage
    const live = this.#live
    const refusedCount = this.#refused
    this.#clear()
    this.#refused = refusedCount
    let count = smallestSlots
    while (count < live * 4) count *= 2
    this.#slots = new Int32Array(count * slotWords)
    this.#mask = count - 1
    if (words * 1.5 > smallestArena) this.#arena = new Int32Array(Math.ceil(words * 1.5))
    for (let at = 0; at < slots.length; at += slotWords) {
      const length = slots[at + 3] ?? 0
      if (length > 0) this.#move(slots, at, arena)
    }
  }

  #move(slots: Int32Array, from: number, arena: Int32Array): void {
    const hash = slots[from] ?? 0
    const wordsFrom = slots[from + 2] ?? 0
    const length = slots[from + 3] ?? 0
    let slot = hash & this.#mask
    while (this.#slots[slot * slotWords + 1] !== empty) slot = (slot + 1) & this.#mask
    const at = slot * slotWords
    this.#slots[at] = hash
    this.#slots[at + 1] = slots[from + 1] ?? 0
    this.#slots[at + 2] = this.#arenaTop
    this.#slots[at + 3] = length
    this.#arena.set(arena.subarray(wordsFrom, wordsFrom + length), this.#arenaTop)
    this.#arenaTop += length
    this.#taken += 1
    this.#live += 1
  }
}
