import { type Alphabet, neighbour } from './alphabet.ts'
import { assertionHolds } from './assertion-holds.ts'
import type { Effort } from './effort.ts'
import { firstClasses } from './first-classes.ts'
import { operation, type Program } from './program.ts'
import { Threads } from './threads.ts'

/** A text in a larger memory. */
export interface TextRange {
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
}

/**
 * Finds the first match as Go does, leftmost and by the pattern's own preference, with its groups: it goes through the
 * text once, in all places of the program at the same time.
 * @see https://swtch.com/~rsc/regexp/regexp2.html "Pike's implementation"
 */
export class MatchFinder {
  readonly #program: Program
  readonly #alphabet: Alphabet
  readonly #effort: Effort
  /** Of each class, whether a match may begin with it; `undefined` when it may be empty. */
  readonly #firstClasses: Uint8Array | undefined
  #now: Threads
  #next: Threads
  /** Slots of the thread that is being added. */
  readonly #slots: Int32Array
  /** Where the next character is, its class, and its bytes: 0 at the end. */
  #at = 0
  #class = 0
  #length = 0
  /** What stands before and after `#at`, as `assertionHolds` wants it. */
  #between = 0

  constructor(program: Program, alphabet: Alphabet, effort: Effort) {
    this.#program = program
    this.#alphabet = alphabet
    this.#effort = effort
    this.#firstClasses = firstClasses(program, alphabet)
    this.#now = new Threads(program)
    this.#next = new Threads(program)
    this.#slots = new Int32Array(program.slotCount)
  }

  /**
   * Where the first match at or after `from` and its groups begin and end, in bytes; -1 for groups that took no part.
   * @param answer Is filled with it.
   * @returns Whether there is one.
   * @throws {PatternEffortError}
   */
  find(text: TextRange, from: number, answer: Int32Array): boolean {
    let isFound = false
    this.#now.clear()
    this.#at = from
    this.#read(text, this.#before(text))
    for (;;) {
      if (!isFound) this.#begin(text)
      if (this.#now.count === 0 && (isFound || this.#length === 0)) return isFound
      const charClass = this.#length === 0 ? -1 : this.#class
      this.#at += this.#length
      this.#read(text, this.#alphabet.neighbours[this.#class] ?? 0)
      if (this.#step(charClass, answer)) isFound = true
      if (charClass === -1) return isFound
    }
  }

  /** Reads the character that is next, behind one of the kind `before`. */
  #read({ bytes, end }: TextRange, before: number): void {
    this.#length = 0
    this.#between = 4 * before + neighbour.edge
    if (this.#at >= end) return
    const byte = bytes[this.#at] ?? 0
    if (byte < 128) {
      this.#class = this.#alphabet.asciiClasses[byte] ?? 0
      this.#length = 1
    } else {
      const wide = this.#alphabet.wideAt(bytes, this.#at, end)
      this.#class = wide >> 3
      this.#length = wide & 7
    }
    this.#between = 4 * before + (this.#alphabet.neighbours[this.#class] ?? 0)
  }

  #before({ bytes, start }: TextRange): number {
    if (this.#at <= start) return neighbour.edge
    const byte = bytes[this.#at - 1] ?? 0
    if (byte > 127) return neighbour.other
    return this.#alphabet.neighbours[this.#alphabet.asciiClasses[byte] ?? 0] ?? 0
  }

  /** Begins a match at the next character, or further on where none is under way and none can begin. */
  #begin(text: TextRange): void {
    const first = this.#firstClasses
    if (first !== undefined) {
      if (this.#now.count === 0)
        while (this.#length > 0 && first[this.#class] === 0) {
          this.#at += this.#length
          this.#read(text, this.#alphabet.neighbours[this.#class] ?? 0)
        }
      if (this.#length === 0 || first[this.#class] === 0) return
    }
    this.#slots.fill(-1)
    this.#add(this.#now, this.#program.start)
  }

  /**
   * Takes one character in all threads, those first that are preferred.
   * @param charClass -1 at the end.
   * @returns Whether one of them has ended.
   */
  #step(charClass: number, answer: Int32Array): boolean {
    const { operations, a, b } = this.#program
    const { accepts, classCount } = this.#alphabet
    const now = this.#now
    this.#effort.spend(1 + now.count)
    this.#next.clear()
    let isFound = false
    for (let i = 0; i < now.count && !isFound; i += 1) {
      const pc = now.order[i] ?? 0
      if (operations[pc] === operation.match) {
        now.copySlots(pc, answer)
        isFound = true
      } else if (charClass >= 0 && accepts[(a[pc] ?? 0) * classCount + charClass] === 1) {
        now.copySlots(pc, this.#slots)
        this.#add(this.#next, b[pc] ?? 0)
      }
    }
    this.#now = this.#next
    this.#next = now
    return isFound
  }

  /** Adds all threads that begin at an instruction without taking a character. */
  #add(threads: Threads, from: number): void {
    const { operations, a, b } = this.#program
    let pc = from
    for (;;) {
      if (!threads.enter(pc)) return
      const kind = operations[pc]
      const first = a[pc] ?? 0
      if (kind === operation.split) this.#add(threads, first)
      else if (kind === operation.save) return this.#addSaved(threads, first, b[pc] ?? 0)
      else if (kind !== operation.assertion) return threads.push(pc, this.#slots)
      else if (!assertionHolds(first, this.#between)) return
      this.#effort.spend(1)
      pc = b[pc] ?? 0
    }
  }

  #addSaved(threads: Threads, slot: number, pc: number): void {
    this.#effort.spend(1)
    const kept = this.#slots[slot] ?? -1
    this.#slots[slot] = this.#at
    this.#add(threads, pc)
    this.#slots[slot] = kept
  }
}
