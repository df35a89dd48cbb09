import { parseDuration } from '../../query/prometheus/language/parse-literals.ts'
import { parsePromql } from '../../query/prometheus/language/parse-promql.ts'
import type { Matcher } from '../../query/prometheus/language/promql.ts'
import { PrometheusError } from '../../query/prometheus/prometheus-error.ts'

/** The last millisecond of the year 2200, which the store can still hold. */
const latestMs = 7_289_654_399_999
/** Labels, values and series that one answer lists at most. */
const maxListed = 50_000

/** @throws {PrometheusError} When the parameter is missing. */
export function textParameter(parameters: URLSearchParams, name: string): string {
  const text = parameters.get(name)
  if (text === null || text === '') throw invalid(name, 'it is missing')
  return text
}

/** A time in Unix milliseconds, given in Unix seconds or as RFC 3339; `absentMs` when there is none. */
export function timeParameter(
  parameters: URLSearchParams,
  name: string,
  absentMs?: number,
): number {
  const text = parameters.get(name) ?? ''
  if (text === '' && absentMs !== undefined) return absentMs
  const ms = readTime(text)
  if (Number.isNaN(ms)) throw invalid(name, `"${text}" is neither Unix seconds nor RFC 3339`)
  return Math.round(Math.min(Math.max(ms, 0), latestMs))
}

/** Milliseconds of a duration, given in seconds or as `1m30s`; undefined when there is none. */
export function durationParameter(parameters: URLSearchParams, name: string): number | undefined {
  const text = parameters.get(name) ?? ''
  if (text === '') return undefined
  const ms = parseDuration(text) ?? Math.round(readSeconds(text) * 1000)
  if (Number.isNaN(ms) || ms <= 0) {
    throw invalid(
      name,
      `"${text}" is neither a number of seconds above 0 nor a duration such as 15s`,
    )
  }
  return ms
}

/** The matchers of each `match[]`. */
export function matcherLists(parameters: URLSearchParams): readonly (readonly Matcher[])[] {
  return parameters.getAll('match[]').map((text) => {
    const expression = parsePromql(text)
    if (expression.kind === 'selector' && expression.rangeMs === undefined) {
      return expression.matchers
    }
    throw invalid('match[]', `"${text}" is no selector of series`)
  })
}

/** How many may be listed; 0 and nothing say that all may. */
export function limitParameter(parameters: URLSearchParams): number {
  const text = parameters.get('limit') ?? ''
  if (!/^\d{0,9}$/.test(text)) throw invalid('limit', `"${text}" is no whole number`)
  return Math.min(Number(text) || maxListed, maxListed)
}

/** A parameter that cannot be used. */
export function invalid(name: string, what: string): PrometheusError {
  return new PrometheusError('bad_data', `invalid parameter "${name}": ${what}`)
}

function readTime(text: string): number {
  const seconds = readSeconds(text)
  if (!Number.isNaN(seconds)) return seconds * 1000
  return /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/i.test(text) ? Date.parse(text) : NaN
}

function readSeconds(text: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN
}
