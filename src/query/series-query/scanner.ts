import { QuestionError } from '../question-error.ts'

/** Reads a text from left to right and says where it stopped making sense. */
export class Scanner {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Whether only blanks are left. */
  get isAtEnd(): boolean {
    this.#skipBlanks()
    return this.#at >= this.#text.length
  }

  /** Where the next character is, from 0. */
  get position(): number {
    this.#skipBlanks()
    return this.#at
  }

  /** What was read since `start`. */
  textSince(start: number): string {
    return this.#text.slice(start, this.#at)
  }

  /** Takes `symbol` if it comes next. */
  take(symbol: string): boolean {
    this.#skipBlanks()
    if (!this.#text.startsWith(symbol, this.#at)) return false
    this.#at += symbol.length
    return true
  }

  /** Takes a word of letters in any case, such as `by` or `AND`, if it comes next as a whole. */
  takeKeyword(word: string): boolean {
    this.#skipBlanks()
    const end = this.#at + word.length
    if (this.#text.slice(this.#at, end).toLowerCase() !== word) return false
    if (/[\w.:*/-]/.test(this.#text.charAt(end))) return false
    this.#at = end
    return true
  }

  /** Takes what `pattern` (sticky) finds here, undefined when it finds nothing. */
  takePattern(pattern: RegExp): string | undefined {
    this.#skipBlanks()
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    if (found === undefined || found === '') return undefined
    this.#at += found.length
    return found
  }

  /** Takes `symbol` or says what is there in its place. */
  expect(symbol: string): void {
    if (!this.take(symbol)) throw this.fault(`${symbol} is expected`)
  }

  /** An error about what comes next. */
  fault(reason: string): QuestionError {
    const at = this.position
    const seen = this.#text.slice(at, at + 20)
    const place = seen === '' ? 'at its end' : `at character ${at + 1}, before ${seen}`
    return new QuestionError('invalid', `Cannot read the query ${place}: ${reason}`)
  }

  #skipBlanks(): void {
    while (/\s/.test(this.#text.charAt(this.#at))) this.#at += 1
  }
}
