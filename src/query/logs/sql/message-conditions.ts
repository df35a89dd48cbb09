import type { SqlParameters } from '../../sql-parameters.ts'
import type { LogRegex, TextPattern } from '../language/log-filter.ts'
import { isTokenSign, toIndexCase, wholeTokens } from '../language/text-tokens.ts'
import { parseRegex } from '../regex/parse-regex.ts'
import { requiredTexts, type RequiredTexts } from '../regex/required-texts.ts'

/** What `hasAllTokens` takes at most. */
const maxTokens = 64
/** What can stand beside a word, in RE2's syntax: an end of the text, a colour, or an ASCII sign that is no letter and no digit. */
const wordStart = String.raw`(?:^|[\x00-/:-@\[-\x60{-\x7f]|\x1b\[[0-9;]*m)`
const wordEnd = String.raw`(?:[\x00-/:-@\[-\x60{-\x7f]|$)`

/**
 * The condition that a message has the text as whole words: no letter and no digit touches it on either side. ASCII
 * letters match in both cases; `*` stands for anything but blanks.
 */
export function textSql(pattern: TextPattern, parameters: SqlParameters): string {
  const tokens = patternTokens(pattern)
  const conditions = tokens.length > 0 ? [tokensSql(tokens, parameters)] : []
  if (!isOneToken(pattern)) {
    // Finding a plain text takes a fraction of what matching takes.
    const longest = pattern.toSorted((a, b) => b.length - a.length)[0] ?? ''
    conditions.push(`positionCaseInsensitive(message, ${parameters.text(longest)}) > 0`)
    conditions.push(`match(message, ${parameters.text(toRegex(pattern))})`)
  }
  return joinSql(conditions, ' AND ')
}

/** The condition that a message matches; what it has to contain for that is asked of the index first. */
export function regexSql(regex: LogRegex, parameters: SqlParameters): string {
  const required = requiredTexts(parseRegex(regex))
  const needed = required && requiredSql(required, parameters)
  const matches = `match(message, ${parameters.text(regexText(regex))})`
  return needed === undefined ? matches : `(${needed} AND ${matches})`
}

/** As the store reads it. */
export function regexText({ source, isCaseless }: LogRegex): string {
  return isCaseless ? `(?i)${source}` : source
}

function patternTokens(pattern: TextPattern): readonly string[] {
  const last = pattern.length - 1
  return pattern.flatMap((text, index) =>
    wholeTokens({ text, isStartWhole: index === 0, isEndWhole: index === last }),
  )
}

function isOneToken(pattern: TextPattern): boolean {
  const [text] = pattern
  return pattern.length === 1 && patternTokens(pattern)[0] === toIndexCase(text)
}

/** A text as whole words, in whatever case, in RE2's syntax. */
export function toRegex(pattern: TextPattern): string {
  const first = pattern[0]
  const last = pattern.at(-1)
  return [
    '(?i)',
    isTokenSign(Array.from(first)[0]) ? wordStart : '',
    pattern.map(escapeRegex).join(String.raw`\S*`),
    isTokenSign(Array.from(last ?? '').at(-1)) ? wordEnd : '',
  ].join('')
}

function escapeRegex(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
}

/** Undefined when the index knows nothing of it: no word in it is sure to be whole. */
function requiredSql(required: RequiredTexts, parameters: SqlParameters): string | undefined {
  if (required.kind === 'text') {
    const tokens = wholeTokens(required)
    return tokens.length === 0 ? undefined : tokensSql(tokens, parameters)
  }
  const parts = required.parts.map((part) => requiredSql(part, parameters))
  const known = parts.filter((part) => part !== undefined)
  if (known.length === 0 || (required.kind === 'any' && known.length < parts.length)) {
    return undefined
  }
  return joinSql(known, required.kind === 'all' ? ' AND ' : ' OR ')
}

function tokensSql(tokens: readonly string[], parameters: SqlParameters): string {
  const distinct = [...new Set(tokens)].slice(0, maxTokens)
  return `hasAllTokens(message, ${parameters.texts(distinct)})`
}

function joinSql(conditions: readonly string[], sign: ' AND ' | ' OR '): string {
  const text = conditions.join(sign)
  return conditions.length === 1 ? text : `(${text})`
}
