import { RegexSyntaxError } from './regex-node.ts'

/** Reads a regular expression from left to right. */
export class RegexScanner {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  get position(): number {
    return this.#at
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length
  }

  /** Takes one whole character; empty at the end. */
  takeCharacter(): string {
    const code = this.#text.codePointAt(this.#at)
    const character = code === undefined ? '' : String.fromCodePoint(code)
    this.#at += character.length
    return character
  }

  isBefore(sign: string): boolean {
    return this.#text.startsWith(sign, this.#at)
  }

  take(sign: string): boolean {
    if (!this.isBefore(sign)) return false
    this.#at += sign.length
    return true
  }

  /** Takes what a pattern (sticky) finds here. */
  takePattern(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text) ?? undefined
    this.#at += found?.[0].length ?? 0
    return found
  }

  fault(at: number, message: string): RegexSyntaxError {
    return new RegexSyntaxError(at, message)
  }
}
