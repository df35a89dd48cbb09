import type { Expression, Filter, MetricQuery } from '../expression.ts'
import { functionSignatures, type OptionRule } from '../function-signatures.ts'

/** A whole number from 0 on that is below a bound. */
export type Random = (bound: number) => number

const place = { start: 0, end: 0 }

/** For tests: any expression that the language has, ungrouped so that all its parts go together. */
export function randomExpression(random: Random, depth = 0): Expression {
  const kind = depth > 4 ? 0 : random(6)
  const part = (): Expression => randomExpression(random, depth + 1)
  if (kind <= 1) return randomQuery(random)
  if (kind === 2) return { kind: 'negation', place, of: part() }
  if (kind === 3) return randomCall(random, part())
  const operator = pick(random, ['+', '-', '*', '/'] as const)
  const number: Expression = { kind: 'number', place, value: random(1000) / 8 }
  const left = part()
  return { kind: 'operation', place, operator, left, right: kind === 4 ? number : part() }
}

const pieces = [
  ...'avg:a{*}~sum:b{x:1,!y} by {h}~c.d{*}~p99.9:~avg~:~{~}~(~)~,~+~-~*~/~.~ ~$x~"~é~1~2.5'.split(
    '~',
  ),
  ...".rollup(~.fill(zero)~max~60~by~AND ~ OR ~ NOT ~ IN ~.as_rate()~abs(~top(~, 5, 'mean'".split(
    '~',
  ),
  ..."timeshift(~, -60)~anomalies(~a{*}~a{*})~'~!~\n~\ud800~1e9".split('~'),
]

/** For tests: pieces of the language in any order. */
export function randomText(random: Random): string {
  const count = 1 + random(6)
  return Array.from({ length: count }, () => pick(random, pieces)).join('')
}

function randomQuery(random: Random): MetricQuery {
  const filter = randomFilter(random, 0)
  return {
    kind: 'query',
    place,
    aggregator: pick(random, ['avg', 'min', 'max', 'sum', 'count', 'p50', 'p99.9'] as const),
    metric: pick(random, ['a', 'docker.cpu.usage', 'system.load.1', 'Avg', 'by', '_x']),
    filter,
    scopeText: formatFilter(filter),
    groupBy: [],
    ...(random(3) === 0 && { rollup: randomRollup(random) }),
    ...(random(3) === 0 && { fill: { with: 'linear', limitS: 1 + random(900) } }),
    ...(random(3) === 0 && { as: pick(random, ['count', 'rate'] as const) }),
    ...(random(3) === 0 && { isWeighted: true }),
  }
}

function randomRollup(random: Random): NonNullable<MetricQuery['rollup']> {
  const intervalS = 1 + random(3600)
  const method = pick(random, ['avg', 'max', 'last'] as const)
  return pick(random, [{ intervalS }, { method }, { method, intervalS }])
}

function randomFilter(random: Random, depth: number): Filter {
  const part = (): Filter => randomFilter(random, depth + 1)
  switch (depth > 2 ? random(3) : random(6)) {
    case 0:
      return { kind: 'all' }
    case 1:
      return { kind: 'word', text: pick(random, ['env', 'in', 'not-a-key', 'a.b/c']) }
    case 2:
      return {
        kind: 'tag',
        key: 'image',
        value: pick(random, ['web', 'reg.io:5000/*', '*', 'a"b']),
      }
    case 3:
      return { kind: 'not', filter: part() }
    case 4:
      return { kind: 'and', filters: [part(), part()] }
    default:
      return { kind: 'or', filters: [part(), part(), part()] }
  }
}

function formatFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'all':
      return '*'
    case 'word':
      return filter.text
    case 'tag':
      return `${filter.key}:${filter.value}`
    case 'not':
      return `!(${formatFilter(filter.filter)})`
    case 'and':
      return filter.filters.map((part) => `(${formatFilter(part)})`).join(', ')
    case 'or':
      return filter.filters.map((part) => `(${formatFilter(part)})`).join(' OR ')
  }
}

function randomCall(random: Random, of: Expression): Expression {
  const [name, { options, required }] = pick(random, [...functionSignatures])
  const count = required + random(options.length - required + 1)
  const given = options.slice(0, count).map((rule) => randomOption(random, rule))
  return { kind: 'call', place, name, of, options: given }
}

function randomOption(random: Random, rule: OptionRule): number | string {
  switch (rule.kind) {
    case 'choice':
      return pick(random, rule.choices)
    case 'number':
      return rule.isWhole ? rule.from + random(Math.min(1000, rule.to - rule.from)) : random(99) / 4
    case 'text':
      return pick(random, ['-1d', '-2w', '-12mo', 'UTC', 'Europe/Paris'].filter(rule.isValid))
  }
}

function pick<Choice>(random: Random, choices: readonly Choice[]): Choice {
  const choice = choices[random(choices.length)]
  if (choice === undefined) throw new RangeError('Cannot pick of nothing')
  return choice
}
