import { type CharSet, foldCase, invert, lastCodePoint } from './char-set.ts'
import { parseClass } from './parse-class.ts'
import { parseEscape } from './parse-escape.ts'
import { PatternText } from './pattern-text.ts'
import { type Assertion, PatternSyntaxError, type Syntax } from './syntax.ts'

/** What `(?i)` and its like switch on: letters in either case, lines, `.` for line ends too, the least first. */
type Flags = Readonly<Record<'i' | 'm' | 's' | 'U', boolean>>

/** A pattern and the names of its groups; group 0 is the whole match. */
export interface ParsedPattern {
  readonly syntax: Syntax
  readonly groupCount: number
  readonly groupNames: ReadonlyMap<string, number>
}

const nothing: Syntax = { kind: 'sequence', parts: [] }
const noFlags: Flags = { i: false, m: false, s: false, U: false }
/** As in Go. */
const mostRepeats = 1000
const mostNested = 200

/**
 * Reads a regular expression as Go's package `regexp` does.
 * @throws {PatternSyntaxError} For what Go refuses: look-around, back-references, more than 1,000 repetitions.
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function parsePattern(text: string): ParsedPattern {
  const parser = new Parser(text)
  const syntax = parser.parse()
  return { syntax, groupCount: parser.groupCount, groupNames: parser.groupNames }
}

class Parser {
  groupCount = 1
  readonly groupNames = new Map<string, number>()
  readonly #text: PatternText
  #depth = 0

  constructor(text: string) {
    this.#text = new PatternText(text)
  }

  parse(): Syntax {
    const syntax = this.#parseChoice(noFlags)
    if (!this.#text.isAtEnd) throw new PatternSyntaxError('a ) stands without its (')
    return syntax
  }

  /** Up to the `)` that ends it, or the end. */
  #parseChoice(outer: Flags): Syntax {
    this.#depth += 1
    if (this.#depth > mostNested)
      throw new PatternSyntaxError(`its groups are nested more than ${mostNested} deep`)
    let flags = outer
    const choices: Syntax[] = []
    let parts: Syntax[] = []
    while (!this.#text.isAtEnd && this.#text.peek() !== ')') {
      const set = this.#text.read(/\(\?([imsU]*)(?:-([imsU]+))?\)/y)
      if (set !== undefined) flags = withFlags(flags, set)
      else if (this.#text.skip('|')) {
        choices.push({ kind: 'sequence', parts })
        parts = []
      } else parts.push(...this.#parsePiece(flags))
    }
    this.#depth -= 1
    choices.push({ kind: 'sequence', parts })
    return choices.length === 1 ? (choices[0] ?? nothing) : { kind: 'choice', parts: choices }
  }

  /** One atom with how often it comes; several where they are quoted. */
  #parsePiece(flags: Flags): readonly Syntax[] {
    const quoted = this.#text.read(/\\Q(.*?)(?:\\E|$)/sy)
    const atoms = quoted === undefined ? [this.#parseAtom(flags)] : literals(quoted[1] ?? '', flags)
    const last = atoms.at(-1)
    const range = last && this.#parseRepeat()
    if (last === undefined || range === undefined) return atoms
    const isGreedy = this.#text.skip('?') === flags.U
    if (this.#parseRepeat() !== undefined)
      throw new PatternSyntaxError('one repetition stands behind another')
    return [...atoms.slice(0, -1), { kind: 'repeat', part: last, ...range, isGreedy }]
  }

  #parseRepeat(): { readonly min: number; readonly max: number } | undefined {
    if (this.#text.skip('*')) return { min: 0, max: Infinity }
    if (this.#text.skip('+')) return { min: 1, max: Infinity }
    if (this.#text.skip('?')) return { min: 0, max: 1 }
    const counted = this.#text.read(/\{(\d+)(,?)(\d*)\}/y)
    if (counted === undefined) return undefined
    const [all, least, comma, most] = counted
    const min = Number(least)
    const max = comma === '' ? min : most === '' ? Infinity : Number(most)
    if (min > max || min > mostRepeats || (max > mostRepeats && max !== Infinity))
      throw new PatternSyntaxError(`${all} is not possible, the limit is ${mostRepeats}`)
    return { min, max }
  }

  #parseAtom(flags: Flags): Syntax {
    const char = this.#text.next()
    switch (char) {
      case '(':
        return this.#parseGroup(flags)
      case '[':
        return { kind: 'set', set: parseClass(this.#text, flags.i) }
      case '.':
        return { kind: 'set', set: flags.s ? [0, lastCodePoint] : invert([10, 10]) }
      case '^':
        return assertion(flags.m ? 'line-start' : 'text-start')
      case '$':
        return assertion(flags.m ? 'line-end' : 'text-end')
      case '\\':
        return this.#parseBackslash(flags)
      default:
        if ('*+?'.includes(char))
          throw new PatternSyntaxError(`nothing stands before ${char}, write .* for any text`)
        return literal(char, flags)
    }
  }

  #parseBackslash(flags: Flags): Syntax {
    if (this.#text.skip('A')) return assertion('text-start')
    if (this.#text.skip('z')) return assertion('text-end')
    if (this.#text.skip('b')) return assertion('word-edge')
    if (this.#text.skip('B')) return assertion('no-word-edge')
    return characters(parseEscape(this.#text), flags)
  }

  #parseGroup(flags: Flags): Syntax {
    const start = this.#text.read(/\?(?:P?<(\w+)>|([imsU]*)(?:-([imsU]+))?:)/y)
    if (start === undefined && this.#text.peek() === '?') throw unknownGroup(this.#text)
    const name = start?.[1]
    const isCaptured = start === undefined || name !== undefined
    const index = this.groupCount
    if (isCaptured) this.groupCount += 1
    if (name !== undefined) this.#nameGroup(name, index)
    const inner = start && !isCaptured ? withFlags(flags, start, 2) : flags
    const part = this.#parseChoice(inner)
    if (!this.#text.skip(')')) throw new PatternSyntaxError('a ) is missing')
    return isCaptured ? { kind: 'group', index, part } : part
  }

  #nameGroup(name: string, index: number): void {
    if (this.groupNames.has(name))
      throw new PatternSyntaxError(`two of its groups are called ${name}`)
    this.groupNames.set(name, index)
  }
}

function withFlags(flags: Flags, found: RegExpExecArray, at = 1): Flags {
  const changed: Record<string, boolean> = {}
  for (const letter of found[at] ?? '') changed[letter] = true
  for (const letter of found[at + 1] ?? '') changed[letter] = false
  return { ...flags, ...changed }
}

function unknownGroup(text: PatternText): PatternSyntaxError {
  const sign = text.read(/\?<?[=!]/y)?.[0]
  if (sign !== undefined) return new PatternSyntaxError(`look-around (${sign}…) is not supported`)
  return new PatternSyntaxError(`(${text.text.slice(text.at, text.at + 4)}… is not known`)
}

function assertion(name: Assertion): Syntax {
  return { kind: 'assertion', assertion: name }
}

function literals(text: string, flags: Flags): readonly Syntax[] {
  return Array.from(text, (char) => literal(char, flags))
}

function literal(char: string, flags: Flags): Syntax {
  const codePoint = char.codePointAt(0) ?? 0
  return characters([codePoint, codePoint], flags)
}

function characters(set: CharSet, flags: Flags): Syntax {
  return { kind: 'set', set: flags.i ? foldCase(set) : set }
}
