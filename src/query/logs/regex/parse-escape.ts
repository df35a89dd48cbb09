import type { RegexNode } from './regex-node.ts'
import type { RegexScanner } from './regex-scanner.ts'

const controls: Readonly<Record<string, string>> = {
  a: '\u0007',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}
const someCharacter: RegexNode = { kind: 'character', isSeparator: false }
const textEdge: RegexNode = { kind: 'edge', isTextEdge: true }
const wordEdge: RegexNode = { kind: 'edge', isTextEdge: false }
const meanings: ReadonlyMap<string, RegexNode> = new Map<string, RegexNode>([
  ['s', { kind: 'character', isSeparator: true }],
  ...Array.from('dDSwWC', (sign) => [sign, someCharacter] as const),
  ['A', textEdge],
  ['z', textEdge],
  ['b', wordEdge],
  ['B', wordEdge],
])
const octalPattern = /0[0-7]{0,2}|[1-7][0-7]{1,2}/y
const hexPattern = /x(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,6})\})/y
const propertyPattern = /[pP](?:\{\^?\w+\}|[A-Z])/y

/**
 * Reads what `\` begins, outside of a class.
 * @throws {RegexSyntaxError} For an escape that RE2 does not know.
 */
export function parseEscape(scanner: RegexScanner, isCaseless: boolean): RegexNode[] {
  const literal = (character: string): RegexNode => ({ kind: 'literal', character, isCaseless })
  if (scanner.take('\\Q')) return Array.from(takeQuoted(scanner), literal)
  const start = scanner.position
  const character = takeEscapedCharacter(scanner)
  if (character !== undefined) return [literal(character)]
  if (scanner.takePattern(propertyPattern) !== undefined)
    return [{ kind: 'character', isSeparator: false }]
  const meaning = meanings.get(scanner.takeCharacter())
  if (meaning !== undefined) return [meaning]
  throw scanner.fault(start, 'RE2 does not know what this \\ stands for')
}

/** Takes `\` and what follows when it stands for one character; otherwise takes `\` alone. */
export function takeEscapedCharacter(scanner: RegexScanner): string | undefined {
  const start = scanner.position
  scanner.take('\\')
  if (scanner.isAtEnd) throw scanner.fault(start, 'a character is expected after \\')
  const octal = scanner.takePattern(octalPattern)?.[0]
  if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8))
  const hex = scanner.takePattern(hexPattern)
  if (hex !== undefined) {
    const code = Number.parseInt(hex[1] ?? hex[2] ?? '', 16)
    if (code > 0x10_ff_ff) throw scanner.fault(start, 'there is no such character')
    return String.fromCodePoint(code)
  }
  const control = scanner.takePattern(/[afnrtv]/y)?.[0]
  if (control !== undefined) return controls[control]
  return scanner.takePattern(/[\0-/:-@[-`{-\x7F]/y)?.[0]
}

/** Up to `\E` or the end. */
function takeQuoted(scanner: RegexScanner): string {
  let text = ''
  while (!scanner.isAtEnd && !scanner.take('\\E')) text += scanner.takeCharacter()
  return text
}
