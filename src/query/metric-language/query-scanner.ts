import { describePlace } from '../describe-place.ts'
import { QuestionError } from '../question-error.ts'
import type { Place } from './expression.ts'

const blank = /\s/
/** What may go on a word, so that `in` is not taken from `internal`. */
const wordSign = /[\w.:*/-]/

/** Reads a query from left to right, piece by piece, and says where it stopped making sense. */
export class QueryScanner {
  readonly #text: string
  #at = 0
  #end = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Where the next piece begins, in UTF-16 units. */
  get position(): number {
    while (blank.test(this.#text.charAt(this.#at))) this.#at += 1
    return this.#at
  }

  get isAtEnd(): boolean {
    return this.position >= this.#text.length
  }

  /** The place from `start` to the end of the last piece that was taken. */
  placeFrom(start: number): Place {
    return { start, end: this.#end }
  }

  /** The text between two positions. */
  slice(start: number, end: number): string {
    return this.#text.slice(start, end)
  }

  /** Whether a sign comes next. */
  isBefore(sign: string): boolean {
    return this.#text.startsWith(sign, this.position)
  }

  /** Takes a sign if it comes next. */
  take(sign: string): boolean {
    if (!this.isBefore(sign)) return false
    this.#advance(sign.length)
    return true
  }

  /** Takes a sign, or says that it is expected. */
  expect(sign: string, example = ''): void {
    if (!this.take(sign)) throw this.fault(`${sign} is expected${example && `, as in ${example}`}`)
  }

  /** Takes a word such as `by` or `AND`, in whatever case, if it comes next as a whole. */
  takeKeyword(word: string): boolean {
    const end = this.position + word.length
    if (this.#text.slice(this.#at, end).toLowerCase() !== word) return false
    if (wordSign.test(this.#text.charAt(end))) return false
    this.#advance(word.length)
    return true
  }

  /** Takes what a sticky pattern finds next; undefined when it finds nothing. */
  takePattern(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position
    const found = pattern.exec(this.#text)?.[0]
    if (found === undefined || found === '') return undefined
    this.#advance(found.length)
    return found
  }

  /** An error about what comes next. */
  fault(reason: string): QuestionError {
    return this.faultAt(this.position, reason)
  }

  /** An error about one place. */
  faultAt(at: number, reason: string): QuestionError {
    const place = describePlace(this.#text, at)
    return new QuestionError('invalid', `Cannot read the query ${place}: ${reason}`, { at })
  }

  #advance(length: number): void {
    this.#at += length
    this.#end = this.#at
  }
}
