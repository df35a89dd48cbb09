import { QuestionError } from '../question-error.ts'
import { parseScope } from './parse-scope.ts'
import { Scanner } from './scanner.ts'
import type {
  Percentile,
  SeriesQuestion,
  SpaceAggregator,
  TimeAggregator,
} from './series-question.ts'

const timeAggregators = ['avg', 'min', 'max', 'sum', 'count'] as const
const fills = ['null', 'zero', 'last'] as const

const wordPattern = /[A-Za-z_]\w*/y
const aggregatorPattern = /[A-Za-z_]\w*(?:\.\d+)?/y
const metricPattern = /[A-Za-z][\w.]*/y
const keyPattern = /[^\s:,(){}!*]+/y
const numberPattern = /\d+/y

const maxLength = 10_000
const maxQuestions = 20

type Modifiers = Pick<SeriesQuestion, 'rollup' | 'fill' | 'as'>

/**
 * Reads Datadog's metric queries, several of them separated by commas:
 * `avg:docker.cpu.usage{short_image:web,!host:a*} by {container_name}.rollup(max, 60).fill(last)`.
 * @throws {QuestionError} `invalid`, with the position and what is expected or not supported yet.
 * @see https://docs.datadoghq.com/dashboards/querying/
 */
export function parseSeriesQuery(text: string): readonly SeriesQuestion[] {
  if (text.length > maxLength) {
    throw new QuestionError(
      'invalid',
      `Cannot read the query: it has ${text.length} characters, at most ${maxLength} are allowed`,
    )
  }
  const scanner = new Scanner(text)
  const questions: SeriesQuestion[] = []
  do {
    if (questions.length === maxQuestions) {
      throw scanner.fault(`at most ${maxQuestions} queries may be asked at once`)
    }
    questions.push(parseQuestion(scanner))
  } while (scanner.take(','))
  if (!scanner.isAtEnd) {
    throw scanner.fault('a comma or the end is expected; arithmetic is not supported yet')
  }
  return questions
}

function parseQuestion(scanner: Scanner): SeriesQuestion {
  const aggregator = parseAggregator(scanner)
  const metric = scanner.takePattern(metricPattern)
  if (metric === undefined) throw scanner.fault('the name of a metric is expected')
  if (!scanner.take('{')) throw scanner.fault('{ is expected, as in {*}')
  const scopeStart = scanner.position
  const filter = parseScope(scanner)
  const scopeText = scanner.textSince(scopeStart).slice(0, -1).trim()
  const groupBy = scanner.takeKeyword('by') ? parseGroupBy(scanner) : []
  return { aggregator, metric, filter, scopeText, groupBy, ...parseModifiers(scanner) }
}

function parseAggregator(scanner: Scanner): SpaceAggregator {
  const start = scanner.position
  const word = scanner.takePattern(aggregatorPattern) ?? ''
  const aggregator = timeAggregators.find((one) => one === word) ?? toPercentile(word)
  if (aggregator !== undefined && scanner.take(':')) return aggregator
  const allowed = timeAggregators.map((one) => `${one}:`).join(', ')
  const problem = scanner.take('(')
    ? `the function ${word}() is not supported yet`
    : `${allowed} or a percentile from p0: to p100: is expected`
  throw new QuestionError('invalid', `Cannot read the query at character ${start + 1}: ${problem}`)
}

function toPercentile(word: string): Percentile | undefined {
  const digits = /^p(\d{1,3}(?:\.\d+)?)$/.exec(word)?.[1]
  const percent = Number(digits)
  return percent <= 100 ? `p${percent}` : undefined
}

function parseGroupBy(scanner: Scanner): readonly string[] {
  scanner.expect('{')
  const keys = new Set<string>()
  do {
    const key = scanner.takePattern(keyPattern)
    if (key === undefined) throw scanner.fault('the key of a tag is expected')
    keys.add(key)
  } while (scanner.take(','))
  scanner.expect('}')
  return [...keys]
}

function parseModifiers(scanner: Scanner): Modifiers {
  let modifiers: Modifiers = {}
  while (scanner.take('.')) {
    const name = scanner.takePattern(wordPattern)
    if (name === undefined) throw scanner.fault('the name of a function is expected')
    scanner.expect('(')
    modifiers = { ...modifiers, ...parseModifier(scanner, name) }
    scanner.expect(')')
  }
  return modifiers
}

function parseModifier(scanner: Scanner, name: string): Modifiers {
  switch (name) {
    case 'rollup':
      return { rollup: parseRollup(scanner) }
    case 'fill':
      return { fill: parseFill(scanner) }
    case 'as_count':
      return { as: 'count' }
    case 'as_rate':
      return { as: 'rate' }
    default:
      throw scanner.fault(
        `the function .${name}() is not supported yet; rollup, fill, as_count and as_rate are`,
      )
  }
}

function parseRollup(scanner: Scanner): NonNullable<SeriesQuestion['rollup']> {
  const lone = scanner.takePattern(numberPattern)
  if (lone !== undefined) return { intervalS: readSeconds(scanner, lone) }
  const method = parseChoice<TimeAggregator>(scanner, timeAggregators)
  if (!scanner.take(',')) return { method }
  const seconds = scanner.takePattern(numberPattern)
  if (seconds === undefined) throw scanner.fault('a number of seconds is expected')
  return { method, intervalS: readSeconds(scanner, seconds) }
}

function parseFill(scanner: Scanner): NonNullable<SeriesQuestion['fill']> {
  const chosen = parseChoice(scanner, fills)
  if (!scanner.take(',')) return { with: chosen }
  const seconds = scanner.takePattern(numberPattern)
  if (seconds === undefined) throw scanner.fault('a number of seconds is expected')
  return { with: chosen, limitS: readSeconds(scanner, seconds) }
}

function parseChoice<Choice extends string>(scanner: Scanner, choices: readonly Choice[]): Choice {
  const fault = scanner.fault(`one of ${choices.join(', ')} is expected`)
  const word = scanner.takePattern(wordPattern)
  const choice = choices.find((one) => one === word)
  if (choice === undefined) throw fault
  return choice
}

function readSeconds(scanner: Scanner, digits: string): number {
  const seconds = Number(digits)
  if (seconds < 1 || seconds > 31_536_000) {
    throw scanner.fault(`${digits} seconds were seen, 1 to 31536000 are allowed`)
  }
  return seconds
}
