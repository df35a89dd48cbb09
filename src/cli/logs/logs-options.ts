import { LogQueryError } from '../../query/logs/language/log-query-error.ts'
import { parseLogQuery } from '../../query/logs/language/parse-log-query.ts'
import { UsageError, type OptionValues } from '../command.ts'

/** What `vigie logs` was asked for. */
export interface LogsOptions {
  readonly query: string
  /** Unix milliseconds. */
  readonly fromMs: number
  readonly toMs: number
  /** Only the newest so many lines; undefined for all of the time. */
  readonly lines: number | undefined
}

const unitMs: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}
const defaultSinceMs = 15 * 60_000
/** How far the newest lines are looked for when no time is given: longer than any are kept. */
const longestSinceMs = 400 * 86_400_000
const maxLines = 100_000
/** Lines shown before new ones are followed. */
const linesBeforeFollowing = 100

/**
 * Reads words and options of the command.
 * @throws {UsageError} With the place of the fault in a query.
 */
export function readLogsOptions(
  words: readonly string[],
  options: OptionValues,
  nowMs: number,
): LogsOptions {
  const lines = readLines(options)
  const toMs = readTime(options, 'until', nowMs) ?? nowMs
  const sinceMs = lines === undefined ? defaultSinceMs : longestSinceMs
  const fromMs = readTime(options, 'since', nowMs) ?? Math.max(0, toMs - sinceMs)
  if (fromMs > toMs) throw new UsageError('Cannot use --since: it is later than --until')
  return { query: toQuery(words.join(' '), options), fromMs, toMs, lines }
}

function readLines(options: OptionValues): number | undefined {
  const given = options['lines']
  if (given === undefined) {
    const hasTime = options['since'] !== undefined || options['until'] !== undefined
    return options['follow'] === true && !hasTime ? linesBeforeFollowing : undefined
  }
  const lines = Number(given)
  if (Number.isInteger(lines) && lines >= 0 && lines <= maxLines) return lines
  const allowed = `allowed are whole numbers from 0 to ${maxLines}`
  throw new UsageError(`Cannot use --lines ${String(given)}: ${allowed}`)
}

function readTime(options: OptionValues, name: string, nowMs: number): number | undefined {
  const given = options[name]
  if (typeof given !== 'string') return undefined
  const [, number, unit] = /^(\d{1,9})([smhd])$/.exec(given) ?? []
  if (unit !== undefined) return Math.max(0, nowMs - Number(number) * (unitMs[unit] ?? Number.NaN))
  const timeMs = /^\d{4}-\d\d-\d\d/.test(given) ? Date.parse(given) : Number.NaN
  if (Number.isFinite(timeMs)) return timeMs
  const expected =
    'expected is how long ago, such as 15m or 2h, or a time such as 2026-01-31T23:59:00Z'
  throw new UsageError(`Cannot use --${name} ${given}: ${expected}`)
}

/** The query with what the options add to it. */
function toQuery(query: string, options: OptionValues): string {
  checkQuery(query)
  const { level } = options
  const terms = [
    anyOf('container', options['container']),
    anyOf('host', options['host']),
    ...(typeof level === 'string' ? [`level:>=${level}`] : []),
  ].filter((term) => term !== '')
  for (const term of terms) checkQuery(term)
  if (terms.length === 0) return query
  return [...(query.trim() === '' ? [] : [`(${query})`]), ...terms].join(' ')
}

function anyOf(key: string, given: OptionValues[string]): string {
  const values = Array.isArray(given) ? given : []
  if (values.length === 0) return ''
  return `${key}:(${values.map((value) => toValue(String(value))).join(' OR ')})`
}

/** All signs are meant themselves, except for `*`. */
function toValue(text: string): string {
  return text === '' ? '""' : text.replaceAll(/[^\p{L}\p{N}_.*]/gu, String.raw`\$&`)
}

function checkQuery(query: string): void {
  try {
    parseLogQuery(query)
  } catch (error) {
    if (!(error instanceof LogQueryError)) throw error
    const shown = query.replaceAll(/\s/g, ' ')
    const column = Array.from(shown.slice(0, error.at)).length
    throw new UsageError(`${error.message}\n  ${shown}\n  ${' '.repeat(column)}^`, { cause: error })
  }
}
