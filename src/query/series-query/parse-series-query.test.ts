import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseSeriesQuery } from './parse-series-query.ts'
import type { Filter } from './series-question.ts'

const tag = (key: string, value: string): Filter => ({ kind: 'tag', key, value })

describe('parseSeriesQuery()', () => {
  test('reads every part', () => {
    const text =
      ' max:docker.cpu.usage{ short_image:web , !host:a* } by { name,host }.rollup(sum, 60).fill(last, 30).as_rate() '
    assert.deepEqual(parseSeriesQuery(text), [
      {
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

  const scopes: readonly (readonly [string, Filter])[] = [
    ['*', { kind: 'all' }],
    ['', { kind: 'all' }],
    ['env', { kind: 'word', text: 'env' }],
    ['image:reg.io:5000/web:1.2', tag('image', 'reg.io:5000/web:1.2')],
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
      assert.deepEqual(parseSeriesQuery(`avg:m{${scope}}`)[0]?.filter, filter)
    })
  }

  test('reads several queries', () => {
    const metrics = parseSeriesQuery('avg:a{*}, sum:b{x:1,y:2} by {z}').map(({ metric }) => metric)
    assert.deepEqual(metrics, ['a', 'b'])
  })

  for (const [text, aggregator] of [
    ['count', 'count'],
    ['p50', 'p50'],
    ['p99.9', 'p99.9'],
    ['p0', 'p0'],
    ['p100', 'p100'],
  ]) {
    test(`reads the aggregate ${text}`, () => {
      assert.equal(parseSeriesQuery(`${text}:a{*}`)[0]?.aggregator, aggregator)
    })
  }

  const aggregators = 'avg:, min:, max:, sum:, count: or a percentile from p0: to p100: is expected'
  const faults: readonly (readonly [string, string])[] = [
    ['', `at character 1: ${aggregators}`],
    ['avg', `at character 1: ${aggregators}`],
    ['p95{*}', `at character 1: ${aggregators}`],
    ['p100.1:a{*}', `at character 1: ${aggregators}`],
    ['p:a{*}', `at character 1: ${aggregators}`],
    ['avg.5:a{*}', `at character 1: ${aggregators}`],
    ['top(avg:a{*}, 5)', 'at character 1: the function top() is not supported yet'],
    ['avg:{*}', 'at character 5, before {*}: the name of a metric is expected'],
    ['avg:a', 'at its end: { is expected, as in {*}'],
    ['avg:a{', 'at its end: a tag such as key:value is expected'],
    ['avg:a{b:}', 'at character 9, before }: a value is expected'],
    ['avg:a{b:1', 'at its end: } is expected'],
    ['avg:a{b:1} by', 'at its end: { is expected'],
    ['avg:a{b:1} by {}', 'at character 16, before }: the key of a tag is expected'],
    ['avg:a{$env}', 'at character 8, before env}: template variables are not supported yet'],
    ['avg:a{b NOT 1}', 'at character 13, before 1}: IN is expected'],
    [
      'avg:a{*} + avg:b{*}',
      'at character 10, before + avg:b{*}: a comma or the end is expected; arithmetic is not supported yet',
    ],
    [
      'avg:a{*}.abs()',
      'at character 14, before ): the function .abs() is not supported yet; rollup, fill, as_count and as_rate are',
    ],
    [
      'avg:a{*}.fill(linear)',
      'at character 15, before linear): one of null, zero, last is expected',
    ],
    [
      'avg:a{*}.rollup(avg, 0)',
      'at character 23, before ): 0 seconds were seen, 1 to 31536000 are allowed',
    ],
    [
      `avg:a{${'('.repeat(40)}`,
      'at character 38, before (((((((((: at most 30 brackets may be nested',
    ],
    [
      `avg:a{${'!'.repeat(5000)}b:1}`,
      'at character 38, before !!!!!!!!!!!!!!!!!!!!: at most 30 brackets may be nested',
    ],
    ['x'.repeat(10_001), 'it has 10001 characters, at most 10000 are allowed'],
  ]
  for (const [text, reason] of faults) {
    test(`says what is wrong with ${text.slice(0, 40)}`, () => {
      assert.throws(
        () => parseSeriesQuery(text),
        (error: Error) => {
          assert.ok(error.message.startsWith('Cannot read the query'), error.message)
          assert.ok(error.message.endsWith(reason), error.message)
          return true
        },
      )
    })
  }

  test('asks at most twenty queries at once', () => {
    assert.equal(parseSeriesQuery(queries(20)).length, 20)
    assert.throws(() => parseSeriesQuery(queries(21)), /at most 20 queries/)
  })
})

function queries(count: number): string {
  return Array.from({ length: count }, () => 'avg:a{*}').join()
}
