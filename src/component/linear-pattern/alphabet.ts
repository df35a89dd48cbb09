import { type CharSet, contains, lastCodePoint } from './char-set.ts'
import { wordChars } from './parse-escape.ts'
import type { Program } from './program.ts'
import { sequenceLength } from './sequence-length.ts'

/** What matters of a character beside a place in a text for `^`, `$` and `\b`; `edge` is the text's end. */
export const neighbour = { edge: 0, newline: 1, word: 2, other: 3 } as const

const replacement = 0xfffd

/**
 * The characters that a program tells apart, each kind as a small number: all that no set of it tells apart are of one class.
 * Text is UTF-8; as in Go, each byte that is not stands for U+FFFD.
 */
export class Alphabet {
  readonly classCount: number
  /** Of each byte below 128. */
  readonly asciiClasses: Uint16Array
  /** Of each class, a value of `neighbour`. */
  readonly neighbours: Uint8Array
  /** Whether set s has class c: at `s * classCount + c`. */
  readonly accepts: Uint8Array
  readonly #starts: readonly number[]
  readonly #classes: readonly number[]

  constructor(program: Program) {
    const sets: readonly CharSet[] = [...program.sets, wordChars, [10, 10]]
    this.#starts = cutPoints(sets)
    const signatures = this.#starts.map((start) =>
      sets.map((set) => (contains(set, start) ? '1' : '0')).join(''),
    )
    const kinds = [...new Set(signatures)]
    this.#classes = signatures.map((signature) => kinds.indexOf(signature))
    this.classCount = kinds.length
    this.asciiClasses = Uint16Array.from({ length: 128 }, (_, code) => this.#classOf(code))
    this.accepts = Uint8Array.from(
      program.sets.flatMap((_, set) => kinds.map((kind) => (kind[set] === '1' ? 1 : 0))),
    )
    this.neighbours = Uint8Array.from(kinds, (kind) =>
      kind.endsWith('1')
        ? neighbour.newline
        : kind.at(-2) === '1'
          ? neighbour.word
          : neighbour.other,
    )
  }

  /** Class and length in bytes of the character at `at`, whose first byte is above 127: `class * 8 + length`. */
  wideAt(bytes: Uint8Array, at: number, end: number): number {
    const length = sequenceLength(bytes, at, end)
    if (length === 1) return this.#classOf(replacement) * 8 + 1
    let codePoint = (bytes[at] ?? 0) & (0x7f >> length)
    for (let i = 1; i < length; i += 1) codePoint = (codePoint << 6) | ((bytes[at + i] ?? 0) & 0x3f)
    return this.#classOf(codePoint) * 8 + length
  }

  #classOf(codePoint: number): number {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#starts[middle] ?? 0) <= codePoint) low = middle
      else high = middle - 1
    }
    return this.#classes[low] ?? 0
  }
}

/** Where a new class may begin, from 0 on. */
function cutPoints(sets: readonly CharSet[]): readonly number[] {
  const points = new Set([0])
  for (const set of sets)
    for (const [i, codePoint] of set.entries()) points.add(i % 2 === 0 ? codePoint : codePoint + 1)
  points.delete(lastCodePoint + 1)
  return [...points].toSorted((a, b) => a - b)
}
