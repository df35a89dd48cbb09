import { type CharSet, invert, lastCodePoint, unicodeSet } from './char-set.ts'
import { PatternSyntaxError } from './syntax.ts'
import type { PatternText } from './pattern-text.ts'

export const wordChars: CharSet = [0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a]

/** In Go `\s` has no vertical tab. */
const perlClasses: Readonly<Record<string, CharSet>> = {
  d: [0x30, 0x39],
  s: [0x09, 0x0a, 0x0c, 0x0d, 0x20, 0x20],
  w: wordChars,
}

const controls: Readonly<Record<string, number>> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 }

/**
 * Reads what stands behind a backslash and means characters, in a class and outside.
 * @returns The set; one character for all that is no class.
 * @throws {PatternSyntaxError} For what Go does not know either.
 */
export function parseEscape(text: PatternText): CharSet {
  if (text.isAtEnd) throw new PatternSyntaxError('a backslash stands at its end')
  const code = text.read(/x\{([0-9a-f]+)\}|x([0-9a-f]{2})|(0[0-7]{0,2}|[1-7][0-7]{1,2})/iy)
  if (code !== undefined) return single(parseCode(code))
  const property = text.read(/(p)(?:\{(\^?)(\w+)\}|(\w))/iy)
  if (property !== undefined) return parseProperty(property)
  const char = text.next()
  const perl = perlClasses[char.toLowerCase()]
  if (perl !== undefined) return char === char.toLowerCase() ? perl : invert(perl)
  const control = controls[char]
  if (control !== undefined) return single(control)
  if (/[1-9]/.test(char))
    throw new PatternSyntaxError(`back-references such as \\${char} are not supported`)
  if (/[^\x21-\x2f:-@[-`{-~ ]/.test(char)) throw new PatternSyntaxError(`\\${char} is not known`)
  return single(char.charCodeAt(0))
}

function single(codePoint: number): CharSet {
  if (codePoint > lastCodePoint)
    throw new PatternSyntaxError(`there is no character ${codePoint.toString(16)}`)
  return [codePoint, codePoint]
}

function parseCode([, braced, pair, octal]: RegExpExecArray): number {
  return octal === undefined ? parseInt(braced ?? pair ?? '', 16) : parseInt(octal, 8)
}

function parseProperty([, letter, caret, braced, short]: RegExpExecArray): CharSet {
  const name = braced ?? short ?? ''
  const set = name === 'Any' ? [0, lastCodePoint] : unicodeSet(name)
  if (set === undefined) throw new PatternSyntaxError(`\\p{${name}} is not known`)
  return (letter === 'P') === (caret === '^') ? set : invert(set)
}
