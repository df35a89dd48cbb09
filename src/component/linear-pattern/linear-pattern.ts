import { Alphabet } from './alphabet.ts'
import { Effort } from './effort.ts'
import { firstClasses } from './first-classes.ts'
import { MatchFinder, type TextRange } from './match-finder.ts'
import { parsePattern } from './parse-pattern.ts'
import { compileProgram, type Program } from './program.ts'
import { found, StateTable, unknown } from './state-table.ts'

/**
 * A regular expression of Go, for bytes of UTF-8 and such as are not, that needs time in proportion to the text, whatever
 * both are: there is no going back. Where even that is too long (many states for each character of a very long text), it
 * gives up after some 150 ms.
 */
export class LinearPattern {
  /** With group 0, which is the whole match. */
  readonly groupCount: number
  readonly groupNames: ReadonlyMap<string, number>
  readonly #program: Program
  readonly #alphabet: Alphabet
  readonly #effort = new Effort()
  readonly #states: StateTable
  /** 1 for bytes after which the search is where it began: no match begins with them, and what stands before is no matter. */
  readonly #quietBytes: Uint8Array
  #finder: MatchFinder | undefined

  /** @throws {PatternSyntaxError} When Go would refuse it, or it is too large; the message says why. */
  constructor(source: string) {
    const { syntax, groupCount, groupNames } = parsePattern(source)
    this.groupCount = groupCount
    this.groupNames = groupNames
    this.#program = compileProgram(syntax, groupCount)
    this.#alphabet = new Alphabet(this.#program)
    this.#states = new StateTable(this.#program, this.#alphabet, this.#effort)
    this.#quietBytes = quietBytes(this.#program, this.#alphabet)
  }

  /**
   * Whether it matches anywhere in `bytes` from `start` to `end`: some 4 ns for each byte.
   * @throws {PatternEffortError} When it was given up.
   */
  test(bytes: Uint8Array, start: number, end: number): boolean {
    this.#effort.reset()
    const { asciiClasses } = this.#alphabet
    const first = this.#states.start()
    let state = first
    let { transitions } = this.#states
    let at = start
    while (at < end) {
      if (state === first) at = this.#skipQuiet(bytes, at, end)
      if (at === end) break
      const byte = bytes[at] ?? 0
      let charClass = asciiClasses[byte] ?? 0
      let length = 1
      if (byte > 127) {
        const wide = this.#alphabet.wideAt(bytes, at, end)
        charClass = wide >> 3
        length = wide & 7
      }
      let next = transitions[state + charClass] ?? 0
      if (next < 0) {
        if (next === unknown) next = this.#states.extend(state, charClass)
        if (next < 0) return next === found
        ;({ transitions } = this.#states)
      }
      state = next
      at += length
    }
    return this.#states.endsIn(state)
  }

  /** Goes over bytes with which no match can begin. */
  #skipQuiet(bytes: Uint8Array, from: number, end: number): number {
    const quiet = this.#quietBytes
    let at = from
    while (at < end && quiet[bytes[at] ?? 0] === 1) at += 1
    return at
  }

  /**
   * Tells of all matches, from left to right and without overlaps, as Go's `ReplaceAll` finds them: `slots` has where the
   * match and each group begin and end, in bytes, and -1 for a group that took no part. It is filled anew for the next.
   * @throws {PatternEffortError} When it was given up; then some matches were not told of.
   */
  matches(text: TextRange, onMatch: (slots: Int32Array) => void): void {
    this.#effort.reset()
    this.#finder ??= new MatchFinder(this.#program, this.#alphabet, this.#effort)
    const slots = new Int32Array(this.#program.slotCount)
    let from = text.start
    let lastEnd = -1
    while (from <= text.end && this.#finder.find(text, from, slots)) {
      const [start = from, end = from] = slots
      if (end > start || start !== lastEnd) onMatch(slots)
      lastEnd = end
      from = end > start ? end : this.#after(text, end)
    }
  }

  /** Behind the character at `at`. */
  #after({ bytes, end }: TextRange, at: number): number {
    const isWide = at < end && (bytes[at] ?? 0) > 127
    return at + (isWide ? this.#alphabet.wideAt(bytes, at, end) & 7 : 1)
  }
}

function quietBytes(program: Program, alphabet: Alphabet): Uint8Array {
  const quiet = new Uint8Array(256)
  const first = program.hasAssertions ? undefined : firstClasses(program, alphabet)
  if (first === undefined) return quiet
  for (const [byte, charClass] of alphabet.asciiClasses.entries())
    quiet[byte] = first[charClass] === 1 ? 0 : 1
  return quiet
}
