import { takeEscapedCharacter } from './parse-escape.ts'
import type { RegexNode } from './regex-node.ts'
import type { RegexScanner } from './regex-scanner.ts'

const namedPattern = /\[:\^?[a-z]+:\]/y
const shorthandPattern = /[dDsSwW]|[pP](?:\{\^?\w+\}|[A-Z])/y

/**
 * Reads a class such as `[a-z_]`, from after its `[`, which stands at `start`.
 * @throws {RegexSyntaxError} When it does not end, or a range in it goes backwards.
 */
export function parseClass(scanner: RegexScanner, start: number): RegexNode {
  let isSeparator = !scanner.take('^')
  let isFirst = true
  while (isFirst || !scanner.isBefore(']')) {
    if (scanner.isAtEnd) throw scanner.fault(start, 'its closing ] is missing')
    if (!takeItem(scanner)) isSeparator = false
    isFirst = false
  }
  scanner.take(']')
  return { kind: 'character', isSeparator }
}

/** Takes a character, a range or a named class; tells whether it holds separators only. */
function takeItem(scanner: RegexScanner): boolean {
  const start = scanner.position
  if (scanner.takePattern(namedPattern) !== undefined) return false
  const first = takeOne(scanner)
  if (first === undefined) return false
  if (!scanner.isBefore('-') || scanner.isBefore('-]')) return isSeparatorSign(first)
  scanner.take('-')
  const last = scanner.isAtEnd ? undefined : takeOne(scanner)
  if (last === undefined || (last.codePointAt(0) ?? 0) < (first.codePointAt(0) ?? 0)) {
    throw scanner.fault(start, 'a range goes from one character to a later one')
  }
  return false
}

/** Undefined for a shorthand such as `\d`. */
function takeOne(scanner: RegexScanner): string | undefined {
  if (!scanner.isBefore('\\')) return scanner.takeCharacter()
  const start = scanner.position
  const character = takeEscapedCharacter(scanner)
  if (character !== undefined) return character
  if (scanner.takePattern(shorthandPattern) !== undefined) return undefined
  throw scanner.fault(start, 'RE2 does not know what this \\ stands for')
}

/** A bracket or a semicolon may belong to a colour, whose digits are no words for the index. */
function isSeparatorSign(character: string): boolean {
  return /^[\0-/:<-@\\-`{-\x7F]$/.test(character)
}
