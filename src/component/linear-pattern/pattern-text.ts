import { PatternSyntaxError } from './syntax.ts'

/** A pattern that is being read, one character after the other. */
export class PatternText {
  readonly text: string
  at = 0

  constructor(text: string) {
    this.text = text
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length
  }

  /** The next character; empty at the end. */
  peek(): string {
    const codePoint = this.text.codePointAt(this.at)
    return codePoint === undefined ? '' : String.fromCodePoint(codePoint)
  }

  /** @throws {PatternSyntaxError} At the end. */
  next(): string {
    const char = this.peek()
    if (char === '') throw new PatternSyntaxError('it ends too early')
    this.at += char.length
    return char
  }

  /** Goes over `expected` if that is what comes next. */
  skip(expected: string): boolean {
    if (!this.text.startsWith(expected, this.at)) return false
    this.at += expected.length
    return true
  }

  /** Goes over what a pattern with the flag `y` finds here. */
  read(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text) ?? undefined
    if (found !== undefined) this.at = pattern.lastIndex
    return found
  }
}
