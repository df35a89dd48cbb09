import { type Alphabet, neighbour } from './alphabet.ts'
import { assertionHolds } from './assertion-holds.ts'
import type { Effort } from './effort.ts'
import { operation, type Program } from './program.ts'

/** Transitions that are no state: not known yet; what was looked for is found; it can never be found any more. */
export const unknown = -1
export const found = -2
const hopeless = -3

/** Entries of the table, of 4 bytes; when they are full, the table begins anew. */
const mostTransitions = 1 << 18

/**
 * The states that the search for a pattern anywhere in a text can be in, made as the text asks for them: where in the
 * program it may be, and what the character before was. A state's number is the place of its first transition.
 */
export class StateTable {
  /** Of state s with class c of the alphabet: at `s + c`. */
  transitions = new Int32Array(0)
  readonly #program: Program
  readonly #alphabet: Alphabet
  readonly #effort: Effort
  /** Of each state, the instructions that it goes on at, and a value of `neighbour`. */
  #kernels: Uint16Array[] = []
  #befores: number[] = []
  /** Of each state, whether the text may end there: 1 yes, 2 no, 0 not known yet. */
  #ends: number[] = []
  readonly #states = new Map<string, number>()
  readonly #canBeginLate: boolean
  readonly #marks: Uint32Array
  #mark = 0
  #start: number | undefined
  readonly #stack: number[] = []

  constructor(program: Program, alphabet: Alphabet, effort: Effort) {
    this.#program = program
    this.#alphabet = alphabet
    this.#effort = effort
    this.#marks = new Uint32Array(program.operations.length)
    this.#canBeginLate = this.#closesAnywhere()
  }

  /** The state at the beginning of a text. */
  start(): number {
    if (this.#start === undefined) this.#start = this.#stateOf([], neighbour.edge)
    return this.#start
  }

  /** Finds out where a state goes on after a character of a class: a state, `found` or `hopeless`. */
  extend(state: number, charClass: number): number {
    const index = state / this.#alphabet.classCount
    const after = this.#alphabet.neighbours[charClass] ?? 0
    const next: number[] = []
    const isFound = this.#close(index, after, (pc) => {
      const set = this.#program.a[pc] ?? 0
      if (this.#alphabet.accepts[set * this.#alphabet.classCount + charClass] === 1)
        next.push(this.#program.b[pc] ?? 0)
    })
    if (isFound) return this.#learn(state + charClass, found)
    if (next.length === 0 && !this.#canBeginLate) return this.#learn(state + charClass, hopeless)
    if (this.transitions.length + this.#alphabet.classCount > mostTransitions && this.#isFull())
      return this.#beginAnew(next, after)
    return this.#learn(state + charClass, this.#stateOf(next, after))
  }

  /** Whether what was looked for is found when the text ends in a state. */
  endsIn(state: number): boolean {
    const index = state / this.#alphabet.classCount
    if (this.#ends[index] === 0)
      this.#ends[index] = this.#close(index, neighbour.edge, () => undefined) ? 1 : 2
    return this.#ends[index] === 1
  }

  #learn(at: number, next: number): number {
    this.transitions[at] = next
    return next
  }

  #isFull(): boolean {
    return (this.#kernels.length + 1) * this.#alphabet.classCount > this.transitions.length
  }

  #beginAnew(next: readonly number[], before: number): number {
    this.#states.clear()
    this.#start = undefined
    this.#kernels = []
    this.#befores = []
    this.#ends = []
    this.transitions.fill(unknown)
    return this.#stateOf(next, before)
  }

  #stateOf(kernel: readonly number[], before: number): number {
    const sorted = withoutTwins(Uint16Array.from(kernel).toSorted())
    const context = this.#program.hasAssertions ? before : neighbour.other
    const key = String.fromCharCode(context, ...sorted)
    const known = this.#states.get(key)
    if (known !== undefined) return known
    this.#effort.spend(100 + 6 * sorted.length)
    const state = this.#kernels.length * this.#alphabet.classCount
    this.#grow(state + this.#alphabet.classCount)
    this.#states.set(key, state)
    this.#kernels.push(sorted)
    this.#befores.push(context)
    this.#ends.push(0)
    return state
  }

  #grow(length: number): void {
    if (length <= this.transitions.length) return
    const grown = new Int32Array(Math.max(length, 2 * this.transitions.length)).fill(unknown)
    grown.set(this.transitions)
    this.transitions = grown
  }

  /** Tells of all instructions that take a character next. @returns Whether the pattern ends here. */
  #close(index: number, after: number, onSet: (pc: number) => void): boolean {
    const between = (this.#befores[index] ?? 0) * 4 + after
    this.#mark += 1
    this.#stack.length = 0
    this.#stack.push(this.#program.start, ...(this.#kernels[index] ?? []))
    return this.#follow((assertion) => assertionHolds(assertion, between), onSet)
  }

  #closesAnywhere(): boolean {
    this.#mark += 1
    this.#stack.push(this.#program.start)
    let takes = false
    const ends = this.#follow(
      (assertion) => assertion > 0,
      () => {
        takes = true
      },
    )
    return takes || ends
  }

  /** Goes through all that is on the stack. @returns Whether a match is among it. */
  #follow(holds: (assertion: number) => boolean, onSet: (pc: number) => void): boolean {
    const { operations, a, b } = this.#program
    let steps = 0
    for (let pc = this.#stack.pop(); pc !== undefined; pc = this.#stack.pop()) {
      steps += 1
      if (this.#marks[pc] === this.#mark) continue
      this.#marks[pc] = this.#mark
      const kind = operations[pc]
      if (kind === operation.match) return true
      if (kind === operation.set) onSet(pc)
      else if (kind === operation.split) this.#stack.push(a[pc] ?? 0, b[pc] ?? 0)
      else if (kind === operation.save || holds(a[pc] ?? 0)) this.#stack.push(b[pc] ?? 0)
    }
    this.#effort.spend(8 + 2 * steps)
    return false
  }
}

function withoutTwins(sorted: Uint16Array): Uint16Array {
  return sorted.filter((pc, i) => i === 0 || pc !== sorted[i - 1])
}
