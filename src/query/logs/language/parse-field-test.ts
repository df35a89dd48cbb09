import { logLevels } from '../../../model/log-level.ts'
import type { FieldTest, RangeEnd, TextPattern } from './log-filter.ts'
import type { LogScanner } from './log-scanner.ts'
import { parseRegexTerm } from './parse-regex-term.ts'

const numberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

/** What other programs call levels. */
const levelAliases: ReadonlyMap<string, string> = new Map([
  ['warning', 'warn'],
  ['err', 'error'],
  ['fatal', 'critical'],
  ['crit', 'critical'],
  ['emerg', 'emergency'],
  ['information', 'info'],
])

/**
 * Reads what stands after the colon of `key:`: a text with `*`, a text in quotes, `>=10`, `[10 TO 20]`, `/regex/`.
 * @throws {LogQueryError} With the place of the fault.
 */
export function parseFieldTest(scanner: LogScanner, isLevel: boolean): FieldTest {
  return (
    parseComparison(scanner, isLevel) ??
    parseRange(scanner, isLevel) ??
    parseRegexTest(scanner) ??
    parseText(scanner, isLevel)
  )
}

function parseComparison(scanner: LogScanner, isLevel: boolean): FieldTest | undefined {
  for (const sign of ['>=', '<=', '>', '<'] as const) {
    if (!scanner.take(sign)) continue
    const end = { value: parseBound(scanner, isLevel), isIncluded: sign.endsWith('=') }
    return sign.startsWith('>') ? { kind: 'range', from: end } : { kind: 'range', to: end }
  }
  return undefined
}

function parseRange(scanner: LogScanner, isLevel: boolean): FieldTest | undefined {
  const start = scanner.position
  const isFromIncluded = scanner.take('[')
  if (!isFromIncluded && !scanner.take('{')) return undefined
  const from = parseRangeEnd(scanner, isLevel)
  if (!scanner.takeKeyword('TO')) throw scanner.fault('TO is expected, as in [10 TO 20]')
  const to = parseRangeEnd(scanner, isLevel)
  const isToIncluded = scanner.take(']')
  if (!isToIncluded && !scanner.take('}')) throw scanner.fault('] or } is expected')
  if (from === undefined && to === undefined) {
    throw scanner.faultAt(start, 'a range needs a number at one of its ends')
  }
  return {
    kind: 'range',
    ...(from !== undefined && { from: { value: from, isIncluded: isFromIncluded } }),
    ...(to !== undefined && { to: { value: to, isIncluded: isToIncluded } }),
  }
}

/** `*` is no end at all. */
function parseRangeEnd(scanner: LogScanner, isLevel: boolean): RangeEnd['value'] | undefined {
  return scanner.take('*') ? undefined : parseBound(scanner, isLevel)
}

function parseBound(scanner: LogScanner, isLevel: boolean): number {
  const start = scanner.position
  const text = scanner.takeRangeEnd()
  if (isLevel) return levelPlace(text) ?? fail(scanner, start, levelExpected)
  if (numberPattern.test(text) && Number.isFinite(Number(text))) return Number(text)
  return fail(scanner, start, 'a number is expected')
}

function parseRegexTest(scanner: LogScanner): FieldTest | undefined {
  const regex = parseRegexTerm(scanner)
  return regex && { kind: 'regex', regex }
}

function parseText(scanner: LogScanner, isLevel: boolean): FieldTest {
  const start = scanner.position
  const quoted = scanner.takeQuoted()
  const pattern: TextPattern = quoted === undefined ? scanner.takeWord() : [quoted]
  if (!isLevel || pattern.length > 1) return { kind: 'text', pattern }
  const place = levelPlace(pattern[0]) ?? fail(scanner, start, levelExpected)
  return { kind: 'text', pattern: [logLevels[place] ?? 'unknown'] }
}

const levelExpected = `a level is expected: ${logLevels.join(', ')}`

function levelPlace(text: string): number | undefined {
  const name = text.toLowerCase()
  const place = logLevels.findIndex((level) => level === (levelAliases.get(name) ?? name))
  return place === -1 ? undefined : place
}

function fail(scanner: LogScanner, at: number, reason: string): never {
  throw scanner.faultAt(at, reason)
}
