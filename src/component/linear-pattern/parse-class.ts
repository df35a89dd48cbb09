import { type CharSet, foldCase, invert, unite } from './char-set.ts'
import { parseEscape, wordChars } from './parse-escape.ts'
import { PatternSyntaxError } from './syntax.ts'
import type { PatternText } from './pattern-text.ts'

const posixClasses: Readonly<Record<string, CharSet>> = {
  alnum: [0x30, 0x39, 0x41, 0x5a, 0x61, 0x7a],
  alpha: [0x41, 0x5a, 0x61, 0x7a],
  ascii: [0, 0x7f],
  blank: [0x09, 0x09, 0x20, 0x20],
  cntrl: [0, 0x1f, 0x7f, 0x7f],
  digit: [0x30, 0x39],
  graph: [0x21, 0x7e],
  lower: [0x61, 0x7a],
  print: [0x20, 0x7e],
  punct: [0x21, 0x2f, 0x3a, 0x40, 0x5b, 0x60, 0x7b, 0x7e],
  space: [0x09, 0x0d, 0x20, 0x20],
  upper: [0x41, 0x5a],
  word: wordChars,
  xdigit: [0x30, 0x39, 0x41, 0x46, 0x61, 0x66],
}

/** Reads a class of characters, whose `[` has been read. */
export function parseClass(text: PatternText, ignoresCase: boolean): CharSet {
  const isInverted = text.skip('^')
  const sets: CharSet[] = []
  let isFirst = true
  while (isFirst || !text.skip(']')) {
    if (text.isAtEnd) throw new PatternSyntaxError('a ] is missing')
    sets.push(parseItem(text))
    isFirst = false
  }
  const set = ignoresCase ? foldCase(unite(...sets)) : unite(...sets)
  return isInverted ? invert(set) : set
}

function parseItem(text: PatternText): CharSet {
  const posix = text.read(/\[:(\^?)(\w+):\]/y)
  if (posix !== undefined) return parsePosix(posix)
  const first = parseChar(text)
  if (!isSingle(first) || text.read(/-(?=[^\]])/y) === undefined) return first
  const last = parseChar(text)
  const range = [first[0] ?? 0, last[0] ?? 0]
  if (!isSingle(last) || (range[1] ?? 0) < (range[0] ?? 0))
    throw new PatternSyntaxError('a range in a class does not go from a character to a later one')
  return range
}

function parsePosix([all, caret, name = '']: RegExpExecArray): CharSet {
  const set = posixClasses[name]
  if (set === undefined) throw new PatternSyntaxError(`${all} is not known`)
  return caret === '^' ? invert(set) : set
}

function isSingle(set: CharSet): boolean {
  return set.length === 2 && set[0] === set[1]
}

function parseChar(text: PatternText): CharSet {
  if (text.skip('\\')) return parseEscape(text)
  const codePoint = text.next().codePointAt(0) ?? 0
  return [codePoint, codePoint]
}
