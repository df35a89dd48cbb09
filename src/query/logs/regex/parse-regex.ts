import type { RegexNode } from './regex-node.ts'
import { parseClass } from './parse-class.ts'
import { parseEscape } from './parse-escape.ts'
import { RegexScanner } from './regex-scanner.ts'

const maxRepeat = 1000
/** Brackets within each other: the engine's own bound. */
const maxDepth = 200

const repeatPattern = /[*+?]|\{(\d+)(?:(,)(\d*))?\}/y
const groupPattern = /\?P?<\w+>/y
const flagsPattern = /\?([imsU]*(?:-[imsU]+)?)([:)])/y

/**
 * Reads a regular expression in RE2's syntax.
 * @throws {RegexSyntaxError} For what RE2 does not take, such as back references and looking around.
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function parseRegex(regex: {
  readonly source: string
  readonly isCaseless: boolean
}): RegexNode {
  return new RegexParser(regex.source, regex.isCaseless).parse()
}

class RegexParser {
  readonly #scanner: RegexScanner
  #isCaseless: boolean
  #depth = 0

  constructor(source: string, isCaseless: boolean) {
    this.#scanner = new RegexScanner(source)
    this.#isCaseless = isCaseless
  }

  parse(): RegexNode {
    const node = this.#choice()
    const { position, isAtEnd } = this.#scanner
    if (!isAtEnd) throw this.#scanner.fault(position, 'no ( is open that this ) could close')
    return node
  }

  #choice(): RegexNode {
    const nodes = [this.#sequence()]
    while (this.#scanner.take('|')) nodes.push(this.#sequence())
    const [only] = nodes
    return only !== undefined && nodes.length === 1 ? only : { kind: 'choice', nodes }
  }

  #sequence(): RegexNode {
    const nodes: RegexNode[] = []
    while (!(this.#scanner.isAtEnd || this.#scanner.isBefore('|') || this.#scanner.isBefore(')'))) {
      const pieces = this.#atom()
      const last = pieces.pop()
      nodes.push(...pieces)
      if (last !== undefined) nodes.push(this.#repeated(last))
    }
    return { kind: 'sequence', nodes }
  }

  /** One piece, several of a quoted text, none where only flags change. */
  #atom(): RegexNode[] {
    const scanner = this.#scanner
    const start = scanner.position
    if (scanner.take('(')) return this.#group(start)
    if (scanner.take('[')) return [parseClass(scanner, start)]
    if (scanner.isBefore('\\')) return parseEscape(scanner, this.#isCaseless)
    if (scanner.takePattern(repeatPattern) !== undefined) {
      throw scanner.fault(start, 'nothing stands before it that could be repeated')
    }
    const character = scanner.takeCharacter()
    if (character === '.') return [{ kind: 'character', isSeparator: false }]
    if (character === '^' || character === '$') return [{ kind: 'edge', isTextEdge: true }]
    return [{ kind: 'literal', character, isCaseless: this.#isCaseless }]
  }

  #group(start: number): RegexNode[] {
    const outerCaseless = this.#isCaseless
    if (this.#scanner.isBefore('?') && this.#scanner.takePattern(groupPattern) === undefined) {
      const flags = this.#scanner.takePattern(flagsPattern)
      if (flags === undefined) {
        const known = 'RE2 knows (…), (?:…), (?i), (?P<name>…) and no looking around'
        throw this.#scanner.fault(start, known)
      }
      this.#isCaseless = readCaseless(flags[1] ?? '') ?? this.#isCaseless
      // These flags hold up to the end of the group that they stand in.
      if (flags[2] === ')') return []
    }
    this.#depth += 1
    if (this.#depth > maxDepth) throw this.#scanner.fault(start, 'its brackets are nested too deep')
    const node = this.#choice()
    if (!this.#scanner.take(')')) throw this.#scanner.fault(start, 'its closing ) is missing')
    this.#depth -= 1
    this.#isCaseless = outerCaseless
    return [node]
  }

  #repeated(node: RegexNode): RegexNode {
    const start = this.#scanner.position
    const found = this.#scanner.takePattern(repeatPattern)
    if (found === undefined) return node
    this.#scanner.take('?')
    const [min, max] = readRepeat(found)
    if (Math.max(min, max === Infinity ? 0 : max) > maxRepeat || min > max) {
      throw this.#scanner.fault(
        start,
        `a repetition goes from a smaller to a larger number, at most ${maxRepeat}`,
      )
    }
    const next = this.#scanner.position
    if (this.#scanner.takePattern(repeatPattern) !== undefined) {
      throw this.#scanner.fault(next, 'a repetition cannot be repeated')
    }
    return { kind: 'repeat', node, min, max }
  }
}

/** Undefined when the flags say nothing of it. */
function readCaseless(flags: string): boolean | undefined {
  const [on = '', off = ''] = flags.split('-', 2)
  if (off.includes('i')) return false
  return on.includes('i') ? true : undefined
}

function readRepeat([sign = '', least, comma, most]: RegExpExecArray): [number, number] {
  if (least === undefined) return [sign === '+' ? 1 : 0, sign === '?' ? 1 : Infinity]
  if (comma === undefined) return [Number(least), Number(least)]
  return [Number(least), most === '' || most === undefined ? Infinity : Number(most)]
}
