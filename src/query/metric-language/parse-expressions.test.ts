import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { QuestionError } from '../question-error.ts'
import type { Expression, Filter, MetricQuery } from './expression.ts'
import { formatExpression } from './format-expression.ts'
import { functionSignatures } from './function-signatures.ts'
import { listQueries } from './list-queries.ts'
import {
  maxDepth,
  maxExpressions,
  maxLength,
  maxOperands,
  parseExpressions,
} from './parse-expressions.ts'
import { randomExpression, randomText, type Random } from './cases/random-expression.ts'

const tag = (key: string, value: string): Filter => ({ kind: 'tag', key, value })

function parseOne(text: string): Expression {
  const [only, ...others] = parseExpressions(text)
  assert.ok(only)
  assert.deepEqual(others, [])
  return only
}

function parseQuery(text: string): MetricQuery {
  const expression = parseOne(text)
  assert.ok(expression.kind === 'query')
  return expression
}

describe('parseExpressions()', () => {
  test('reads every part of a query', () => {
    const text =
      ' max:docker.cpu.usage{ short_image:web , !host:a* } by { name,host }.rollup(sum, 60).fill(last, 30).as_rate() '
    assert.deepEqual(parseExpressions(text), [
      {
        kind: 'query',
        place: { start: 1, end: text.trimEnd().length },
        aggregator: 'max',
        metric: 'docker.cpu.usage',
        filter: {
          kind: 'and',
          filters: [tag('short_image', 'web'), { kind: 'not', filter: tag('host', 'a*') }],
        },
        scopeText: 'short_image:web , !host:a*',
        groupBy: ['name', 'host'],
        rollup: { method: 'sum', intervalS: 60 },
        fill: { with: 'last', limitS: 30 },
        as: 'rate',
      },
    ])
  })

  test('says where each part of an expression stands', () => {
    const expression = parseOne('-(a{*} + 2) * abs(b{*})')
    assert.ok(expression.kind === 'operation')
    assert.deepEqual(expression.place, { start: 0, end: 23 })
    const { left, right } = expression
    assert.ok(left.kind === 'negation' && left.of.kind === 'operation' && right.kind === 'call')
    assert.deepEqual(left.place, { start: 0, end: 11 })
    assert.deepEqual(left.of.place, { start: 2, end: 10 })
    assert.deepEqual(left.of.left.place, { start: 2, end: 6 })
    assert.deepEqual(left.of.right.place, { start: 9, end: 10 })
    assert.deepEqual(right.place, { start: 14, end: 23 })
    assert.deepEqual(right.of.place, { start: 18, end: 22 })
  })

  const scopes: readonly (readonly [string, Filter])[] = [
    ['*', { kind: 'all' }],
    ['', { kind: 'all' }],
    ['env', { kind: 'word', text: 'env' }],
    ['image:reg.io:5000/web:1.2', tag('image', 'reg.io:5000/web:1.2')],
    ['pod_name: web-*', tag('pod_name', 'web-*')],
    ['a:1 AND b:2', { kind: 'and', filters: [tag('a', '1'), tag('b', '2')] }],
    [
      'a:1 OR b:2, c:3',
      {
        kind: 'or',
        filters: [tag('a', '1'), { kind: 'and', filters: [tag('b', '2'), tag('c', '3')] }],
      },
    ],
    [
      '(a:1 or b:2) and not c:3',
      {
        kind: 'and',
        filters: [
          { kind: 'or', filters: [tag('a', '1'), tag('b', '2')] },
          { kind: 'not', filter: tag('c', '3') },
        ],
      },
    ],
    ['a in (1)', tag('a', '1')],
    [
      'a NOT IN (1,2)',
      { kind: 'not', filter: { kind: 'or', filters: [tag('a', '1'), tag('a', '2')] } },
    ],
    ['order:1, android:2', { kind: 'and', filters: [tag('order', '1'), tag('android', '2')] }],
  ]
  for (const [scope, filter] of scopes) {
    test(`reads the scope {${scope}}`, () => {
      assert.deepEqual(parseQuery(`avg:m{${scope}}`).filter, filter)
    })
  }

  for (const [written, aggregator] of [
    ['avg:', 'avg'],
    ['count:', 'count'],
    ['p50:', 'p50'],
    ['p99.90:', 'p99.9'],
    ['p0:', 'p0'],
    ['p100:', 'p100'],
    ['', 'avg'],
  ]) {
    test(`reads the aggregator ${written} as ${aggregator}`, () => {
      assert.equal(parseQuery(`${written}a{*}`).aggregator, aggregator)
    })
  }

  const plainForms: readonly (readonly [text: string, plain: string])[] = [
    ['a{*}+b{*}*2', 'avg:a{*} + avg:b{*} * 2'],
    ['(a{*}+b{*})*2', '(avg:a{*} + avg:b{*}) * 2'],
    ['a{*}-b{*}-c{*}', 'avg:a{*} - avg:b{*} - avg:c{*}'],
    ['a{*}-(b{*}-c{*})', 'avg:a{*} - (avg:b{*} - avg:c{*})'],
    ['a{*}/b{*}/2', 'avg:a{*} / avg:b{*} / 2'],
    ['a{*}/(b{*}/2)', 'avg:a{*} / (avg:b{*} / 2)'],
    ['((a{*}))', 'avg:a{*}'],
    ['- a{*}', '-avg:a{*}'],
    ['--a{*}', '--avg:a{*}'],
    ['-a{*}*2', '-avg:a{*} * 2'],
    ['-(a{*}*2)', '-(avg:a{*} * 2)'],
    ['2--a{*}', '2 - -avg:a{*}'],
    ['.5e1*a{*}', '5 * avg:a{*}'],
    ['1e-9*a{*}', '1e-9 * avg:a{*}'],
    ['1e30*a{*}', '1e+30 * avg:a{*}'],
    ['sum:a{*}by{x,y,x}', 'sum:a{*} by {x,y}'],
    ['a{*}.as_count().rollup(max)', 'avg:a{*}.rollup(max).as_count()'],
    ["a{*}.fill('zero')", 'avg:a{*}.fill(zero)'],
    ['a{*}.fill(0)', 'avg:a{*}.fill(null)'],
    ['a{*}.fill(60)', 'avg:a{*}.fill(linear, 60)'],
    ['sum:a{*}.weighted().rollup(60)', 'sum:a{*}.rollup(60).weighted()'],
    ['top( a{*} ,5)', 'top(avg:a{*}, 5)'],
    ['top(a{*}, 5, mean, "asc")', "top(avg:a{*}, 5, 'mean', 'asc')"],
    ['timeshift(a{*}, - 60)', 'timeshift(avg:a{*}, -60)'],
    ['calendar_shift(a{*}, "-1mo", "UTC")', "calendar_shift(avg:a{*}, '-1mo', 'UTC')"],
    ['abs( a{*} - 1 ) , b{*}', 'abs(avg:a{*} - 1), avg:b{*}'],
    ['avg{*} + by{*} by {by}', 'avg:avg{*} + avg:by{*} by {by}'],
  ]
  for (const [text, plain] of plainForms) {
    test(`reads ${text} as ${plain}`, () => {
      assert.equal(parseExpressions(text).map(formatExpression).join(', '), plain)
    })
  }

  test('lists the queries of an expression from left to right', () => {
    const metrics = listQueries(parseOne('abs(a{*}) / (2 * -b{*}) + a{*}')).map(
      ({ metric }) => metric,
    )
    assert.deepEqual(metrics, ['a', 'b', 'a'])
  })

  for (const [name, { example }] of functionSignatures) {
    test(`reads the example ${example}`, () => {
      const expression = parseOne(example.replace('query', 'avg:m{*}'))
      assert.ok(expression.kind === 'call')
      assert.equal(expression.name, name)
    })
  }

  const within: readonly (readonly [
    claim: string,
    most: number,
    text: (count: number) => string,
  ])[] = [
    ['expressions', maxExpressions, (count) => repeat('a{*}', count, ',')],
    ['queries', maxOperands, (count) => repeat('a{*}', count, '+')],
    ['numbers', maxOperands - 1, (count) => `a{*}+${repeat('1', count, '+')}`],
    ['brackets', maxDepth, (count) => `${'('.repeat(count)}a{*}${')'.repeat(count)}`],
    ['functions', maxDepth, (count) => `${'abs('.repeat(count)}a{*}${')'.repeat(count)}`],
    ['signs', maxDepth, (count) => `${'-'.repeat(count)}a{*}`],
    ['brackets of a scope', 30, (count) => `a{${'('.repeat(count)}x${')'.repeat(count)}}`],
    ['negations', 30, (count) => `a{${'!'.repeat(count)}x}`],
    ['keys', 20, (count) => `a{*} by {${Array.from({ length: count }, (_, n) => `k${n}`).join()}}`],
    ['characters', maxLength, (count) => `a{${'x'.repeat(count - 3)}}`],
  ]
  for (const [claim, most, text] of within) {
    test(`takes ${most} ${claim}, and no more`, () => {
      parseExpressions(text(most))
      assert.throws(() => parseExpressions(text(most + 1)), /: .*at most \d+/)
    })
  }

  test('reads what it writes as the same expression', () => {
    const random = pseudoRandom(11)
    for (let n = 0; n < 2000; n += 1) {
      const expression = randomExpression(random)
      const text = formatExpression(expression)
      const [again] = parseExpressions(text)
      assert.ok(again)
      assert.deepEqual(withoutPlaces(again), withoutPlaces(expression), text)
    }
  })

  test('reads any text, or says where it cannot', () => {
    const random = pseudoRandom(5)
    let read = 0
    for (let n = 0; n < 20_000; n += 1) {
      const text = randomText(random)
      for (const expression of tryParsing(text)) {
        read += 1
        const [again] = parseExpressions(formatExpression(expression))
        assert.ok(again)
        assert.deepEqual(withoutPlaces(again), withoutPlaces(expression), JSON.stringify(text))
      }
    }
    assert.ok(read > 200, `${read} were read`)
  })
})

function tryParsing(text: string): readonly Expression[] {
  try {
    return parseExpressions(text)
  } catch (error) {
    assert.ok(error instanceof QuestionError, `${JSON.stringify(text)}: ${String(error)}`)
    assert.equal(error.kind, 'invalid')
    const { at = -1 } = error
    assert.ok(at >= 0 && at <= text.length, `${JSON.stringify(text)} at ${error.at}`)
    return []
  }
}

function withoutPlaces(expression: Expression): unknown {
  return JSON.parse(
    JSON.stringify(expression, (key, value) => (key === 'place' ? undefined : value)),
  )
}

function repeat(text: string, count: number, joint: string): string {
  return Array.from({ length: count }, () => text).join(joint)
}

/** Numbers below a bound that are the same in every run. */
function pseudoRandom(seed: number): Random {
  let state = seed
  return (bound) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % bound
  }
}
