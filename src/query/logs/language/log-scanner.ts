import type { LogRegex, TextPattern } from './log-filter.ts'
import { LogQueryError } from './log-query-error.ts'

const blank = /\s/
/** Ends a word that no quotes hold together. */
const wordEnd = /[\s()]/
/** A key with its colon. `http://…` and `std::…` are words, and so is what begins with a digit, such as a time of day. */
const keyPattern = /@?(?:(?<=@)[\p{N}-]|[\p{L}_$]|\\[^])(?:[\p{L}\p{N}_.$@/-]|\\[^])*:(?!\/\/|:)/uy
const keywordEnd = /[\s()]|$/y
const regexPattern = /\/((?:[^/\\]|\\[^])+)\/(i?)(?=[\s()]|$)/y

/** Reads a query from left to right, piece by piece. */
export class LogScanner {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Where the next piece begins. */
  get position(): number {
    while (blank.test(this.#text.charAt(this.#at))) this.#at += 1
    return this.#at
  }

  get isAtEnd(): boolean {
    return this.position >= this.#text.length
  }

  /** Whether a blank, a bracket or the end comes at once. */
  get isAtWordEnd(): boolean {
    return this.#at >= this.#text.length || wordEnd.test(this.#text.charAt(this.#at))
  }

  /** Whether a sign comes next, after blanks. */
  isBefore(sign: string): boolean {
    return this.#text.startsWith(sign, this.position)
  }

  /** Whether a sign comes at once. */
  isAt(sign: string): boolean {
    return this.#text.startsWith(sign, this.#at)
  }

  /** Whether `AND`, `OR`, `NOT` or `TO` comes next as a whole word. */
  isBeforeKeyword(word: string): boolean {
    keywordEnd.lastIndex = this.position + word.length
    return this.#text.startsWith(word, this.#at) && keywordEnd.test(this.#text)
  }

  /** Takes a sign if it comes next, after blanks. */
  take(sign: string): boolean {
    if (!this.isBefore(sign)) return false
    this.#at += sign.length
    return true
  }

  /** Takes a keyword if it comes next as a whole word. */
  takeKeyword(word: string): boolean {
    return this.isBeforeKeyword(word) && this.take(word)
  }

  /** Takes the sign that negates what follows it at once: `--since` is a word. */
  takeMinus(): boolean {
    const after = this.#text.charAt(this.position + 1)
    return after !== '' && after !== '-' && !blank.test(after) && this.take('-')
  }

  /** Takes a key with its colon, and gives it without; undefined when none comes next. */
  takeKey(): string | undefined {
    keyPattern.lastIndex = this.position
    const found = keyPattern.exec(this.#text)?.[0]
    if (found === undefined) return undefined
    this.#at += found.length
    return found.slice(0, -1).replaceAll(/\\([^])/gu, '$1')
  }

  /** Takes `/…/` or `/…/i` up to the next blank or bracket; a path such as `/api/users` is none. */
  takeRegex(): LogRegex | undefined {
    regexPattern.lastIndex = this.position
    const found = regexPattern.exec(this.#text)
    if (found === null) return undefined
    this.#at += found[0].length
    return { source: found[1] ?? '', isCaseless: found[2] === 'i' }
  }

  /** Takes a text in quotes, in which `\"` and `\\` stand for the sign; undefined when none comes next. */
  takeQuoted(): string | undefined {
    const start = this.position
    if (!this.take('"')) return undefined
    let text = ''
    for (;;) {
      const sign = this.#text.charAt(this.#at)
      const next = this.#text.charAt(this.#at + 1)
      if (sign === '') throw this.faultAt(start, 'its closing " is missing')
      const isEscape = sign === '\\' && (next === '"' || next === '\\')
      this.#at += isEscape ? 2 : 1
      if (sign === '"') return text
      text += isEscape ? next : sign
    }
  }

  /** Takes a word up to the next blank or bracket; `\` takes the meaning from the sign after it. */
  takeWord(): TextPattern {
    const pieces: [string, ...string[]] = ['']
    for (; !this.isAtWordEnd; this.#at += 1) {
      const sign = this.#text.charAt(this.#at)
      if (sign === '*') {
        pieces.push('')
        continue
      }
      const last = pieces.pop() ?? ''
      if (sign === '\\') this.#at += 1
      if (this.#at >= this.#text.length) throw this.fault('a character is expected after \\')
      pieces.push(last + this.#text.charAt(this.#at))
    }
    return pieces
  }

  /** Takes the text of one end of a range. */
  takeRangeEnd(): string {
    const start = this.position
    while (/[^\s()[\]{}]/.test(this.#text.charAt(this.#at))) this.#at += 1
    return this.#text.slice(start, this.#at)
  }

  /** An error about what comes next. */
  fault(reason: string): LogQueryError {
    return this.faultAt(this.position, reason)
  }

  /** An error about one place. */
  faultAt(at: number, reason: string): LogQueryError {
    return new LogQueryError(this.#text, at, reason)
  }
}
