import type { SqlParameters } from '../../sql-parameters.ts'
import { metricLabel } from '../../../model/prometheus/labels.ts'
import type { Matcher } from '../language/promql.ts'

/** Which series: all that fit the matchers of one of the lists, and have come since a time. */
export interface SeriesScope {
  /** No list: all series. */
  readonly matcherLists: readonly (readonly Matcher[])[]
  /** Unix milliseconds. */
  readonly seenSinceMs: number
}

/** A series is written again once a day while it comes (`store/series-registry.ts`); a day more for what is late. */
const seenEveryMs = 2 * 86_400_000

/**
 * The condition on `vigie.series` for those with points that fit. `promLabels` names them in the same way.
 * The engine's patterns are RE2: linear, whatever the pattern.
 */
export function seriesCondition(scope: SeriesScope, parameters: SqlParameters): string {
  const seenS = Math.floor((scope.seenSinceMs - seenEveryMs) / 1000)
  const seen = `kind != 'distribution' AND toInt64(toUnixTimestamp(seen)) >= ${parameters.whole(seenS)}`
  if (scope.matcherLists.length === 0) return seen
  const lists = scope.matcherLists.map((matchers) => listCondition(matchers, parameters))
  return `${seen} AND (${lists.join(' OR ')})`
}

/** The value of a label as an expression over `vigie.series`; the empty text where there is none. */
export function labelSql(label: string, parameters: SqlParameters): string {
  if (label === metricLabel) return metricNameSql
  if (!/^[a-zA-Z_]\w*$/.test(label)) return `''`
  const pattern = parameters.text(keyPattern(label))
  const values = `arrayDistinct(arrayMap(
    tag -> if(position(tag, ':') = 0, 'true', substring(tag, position(tag, ':') + 1)),
    arrayFilter(tag -> match(tag, ${pattern}), tags)))`
  const joined = `arrayStringConcat(${values}, ',')`
  return label === 'host' ? `if(host != '', toString(host), ${joined})` : joined
}

const replaced = `replaceRegexpAll(toString(metric), '[^a-zA-Z0-9_:]', '_')`
const metricNameSql = `if(match(toString(metric), '^[0-9]'), concat('_', ${replaced}), ${replaced})`

/** Metrics are found by their names first: the table lies in their order. */
function listCondition(matchers: readonly Matcher[], parameters: SqlParameters): string {
  const named = matchers.filter(({ label }) => label === metricLabel)
  const others = matchers.filter(({ label }) => label !== metricLabel)
  const conditions = others.map((matcher) => matcherSql(matcher, parameters))
  if (named.length > 0) {
    const names = named.map((matcher) => matcherSql(matcher, parameters)).join(' AND ')
    conditions.unshift(`metric IN (SELECT DISTINCT metric FROM vigie.series WHERE ${names})`)
  }
  return `(${conditions.join(' AND ') || '1'})`
}

function matcherSql({ label, operator, value }: Matcher, parameters: SqlParameters): string {
  const own = labelSql(label, parameters)
  switch (operator) {
    case '=':
    case '!=':
      return `${own} ${operator} ${parameters.text(value)}`
    case '=~':
      return `match(${own}, ${parameters.text(wholePattern(value))})`
    case '!~':
      return `NOT match(${own}, ${parameters.text(wholePattern(value))})`
  }
}

/** A pattern that has to fit a whole value, line breaks too. */
export function wholePattern(pattern: string): string {
  return `^(?s:${pattern})$`
}

/** Fits the tags whose key has this name as a label (`promLabelName`). */
function keyPattern(label: string): string {
  const key = label.replaceAll('_', '[^a-zA-Z0-9:]')
  if (label === '_') return `^${key}?(:|$)`
  return /^_\d/.test(label) ? `^(${key}|${label.slice(1)})(:|$)` : `^${key}(:|$)`
}
