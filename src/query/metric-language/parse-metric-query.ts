import type {
  Fill,
  MetricQuery,
  Percentile,
  Place,
  SpaceAggregator,
  TimeAggregator,
} from './expression.ts'
import { parseScope } from './parse-scope.ts'
import type { QueryScanner } from './query-scanner.ts'
import { numberPattern, takeChoice, wordPattern } from './scan-options.ts'

const aggregators = ['avg', 'min', 'max', 'sum', 'count'] as const
const timeAggregators = [...aggregators, 'last'] as const
const fills = ['null', 'zero', 'last', 'linear'] as const

const keyPattern = /[^\s:,(){}!*$]+/y
const maxKeys = 20
const zeroPattern = /0(?![\d.eE])/y
/** A year. */
const maxSeconds = 31_536_000

type Modifiers = Pick<MetricQuery, 'rollup' | 'fill' | 'as' | 'isWeighted'>

/** What stands before the braces of a query. */
export interface QueryHead {
  readonly start: number
  /** What stands before the colon, if there is one. */
  readonly aggregator?: string
  readonly metric: string
}

/**
 * Reads a query from its opening brace on: `{scope} by {keys}.rollup(max, 60).fill(last).as_rate()`. Without an
 * aggregator it is averaged.
 * @throws {QuestionError} With the place of the fault.
 * @see https://docs.datadoghq.com/metrics/#anatomy-of-a-metric-query
 */
export function parseMetricQuery(scanner: QueryScanner, head: QueryHead): MetricQuery {
  const aggregator = parseAggregator(scanner, head)
  scanner.expect('{', 'avg:metric{*}')
  const scopeStart = scanner.position
  const filter = parseScope(scanner)
  const scopeText = scanner.slice(scopeStart, scanner.placeFrom(0).end - 1).trim()
  const groupBy = scanner.takeKeyword('by') ? parseGroupBy(scanner) : []
  const modifiers = parseModifiers(scanner)
  const place: Place = scanner.placeFrom(head.start)
  const { metric } = head
  return { kind: 'query', place, aggregator, metric, filter, scopeText, groupBy, ...modifiers }
}

function parseAggregator(scanner: QueryScanner, { start, aggregator }: QueryHead): SpaceAggregator {
  const word = aggregator ?? 'avg'
  const found = aggregators.find((one) => one === word) ?? toPercentile(word)
  if (found !== undefined) return found
  const allowed = aggregators.map((one) => `${one}:`).join(', ')
  throw scanner.faultAt(start, `${allowed} or a percentile from p0: to p100: is expected`)
}

function toPercentile(word: string): Percentile | undefined {
  const digits = /^p(\d{1,3}(?:\.\d+)?)$/.exec(word)?.[1]
  const percent = Number(digits)
  return percent <= 100 ? `p${percent}` : undefined
}

function parseGroupBy(scanner: QueryScanner): readonly string[] {
  scanner.expect('{', 'by {host}')
  const keys = new Set<string>()
  do {
    if (keys.size === maxKeys) throw scanner.fault(`at most ${maxKeys} keys may be grouped by`)
    const key = scanner.takePattern(keyPattern)
    if (key === undefined) throw scanner.fault('the key of a tag is expected')
    keys.add(key)
  } while (scanner.take(','))
  if (!scanner.take('}')) throw scanner.fault('a comma or } is expected')
  return [...keys]
}

function parseModifiers(scanner: QueryScanner): Modifiers {
  let modifiers: Modifiers = {}
  while (scanner.take('.')) {
    const start = scanner.position
    const modifier = parseModifier(scanner)
    const again = Object.keys(modifier).find((name) => name in modifiers)
    if (again !== undefined) {
      const name = again === 'isWeighted' ? 'weighted' : again
      throw scanner.faultAt(start, `.${name} was given before`)
    }
    modifiers = { ...modifiers, ...modifier }
  }
  return modifiers
}

function parseModifier(scanner: QueryScanner): Modifiers {
  const start = scanner.position
  const name = scanner.takePattern(wordPattern)
  const read = name === undefined ? undefined : modifierReaders.get(name)
  if (read === undefined) {
    const names = [...modifierReaders.keys()].map((one) => `${one}()`).join(', ')
    throw scanner.faultAt(start, `one of ${names} is expected`)
  }
  scanner.expect('(')
  const modifier = read(scanner)
  scanner.expect(')')
  return modifier
}

const modifierReaders = new Map<string, (scanner: QueryScanner) => Modifiers>([
  ['rollup', (scanner) => ({ rollup: parseRollup(scanner) })],
  ['fill', (scanner) => ({ fill: parseFill(scanner) })],
  ['as_count', () => ({ as: 'count' })],
  ['as_rate', () => ({ as: 'rate' })],
  ['weighted', () => ({ isWeighted: true })],
])

/** `60`, `max` or `max, 60`. */
function parseRollup(scanner: QueryScanner): NonNullable<MetricQuery['rollup']> {
  const loneS = takeSeconds(scanner)
  if (loneS !== undefined) return { intervalS: loneS }
  const method: TimeAggregator = takeChoice(scanner, timeAggregators)
  return scanner.take(',') ? { method, intervalS: expectSeconds(scanner) } : { method }
}

/**
 * `zero` or `last, 60`. A lone number, as older dashboards have it, is the limit of the usual way: `0` fills nothing, `60`
 * what is on the line to the next point.
 */
function parseFill(scanner: QueryScanner): Fill {
  if (scanner.takePattern(zeroPattern) !== undefined) return { with: 'null' }
  const loneS = takeSeconds(scanner)
  if (loneS !== undefined) return { with: 'linear', limitS: loneS }
  const chosen = takeChoice(scanner, fills)
  return scanner.take(',') ? { with: chosen, limitS: expectSeconds(scanner) } : { with: chosen }
}

function expectSeconds(scanner: QueryScanner): number {
  const seconds = takeSeconds(scanner)
  if (seconds === undefined) throw scanner.fault('a number of seconds is expected')
  return seconds
}

function takeSeconds(scanner: QueryScanner): number | undefined {
  const start = scanner.position
  const digits = scanner.takePattern(numberPattern)
  if (digits === undefined) return undefined
  const seconds = Number(digits)
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= maxSeconds) return seconds
  throw scanner.faultAt(start, `a whole number of seconds from 1 to ${maxSeconds} is expected`)
}
