import { describe, expect, test } from 'vitest'

import { readModel } from './read-query.ts'
import { writeModel } from './write-query.ts'

const plain = { aggregator: 'avg', scope: '*', groupBy: [], methods: [], functions: [] }

describe('readModel()', () => {
  test('takes a query apart', () => {
    const text =
      'p99:web.latency{service:web AND NOT env:dev} by {host, env}.rollup(max, 60).fill(last)'
    expect(readModel(text)).toEqual({
      queries: [
        {
          aggregator: 'p99',
          metric: 'web.latency',
          scope: 'service:web AND NOT env:dev',
          groupBy: ['host', 'env'],
          methods: [
            { name: 'rollup', options: 'max, 60' },
            { name: 'fill', options: 'last' },
          ],
          functions: [],
        },
      ],
      formulas: ['a'],
    })
  })

  test('has functions around one query as part of it, the innermost first', () => {
    const model = readModel("abs(top(avg:a.b{*} by {host}, 10, 'mean', 'desc'))")
    expect(model?.formulas).toEqual(['a'])
    expect(model?.queries[0]?.functions).toEqual([
      { name: 'top', options: "10, 'mean', 'desc'" },
      { name: 'abs', options: '' },
    ])
  })

  test('names what is asked twice once', () => {
    const model = readModel('sum:x{*}, 100 * (sum:x{*} - avg:y{*}) / sum:x{ * }')
    expect(model?.queries).toEqual([
      { ...plain, aggregator: 'sum', metric: 'x' },
      { ...plain, metric: 'y' },
    ])
    expect(model?.formulas).toEqual(['a', '100 * (a - b) / a'])
  })

  test('leaves a function around an operation in the formula', () => {
    const model = readModel("moving_rollup(avg:x{*} / abs(avg:y{*}), 60, 'avg')")
    expect(model?.formulas).toEqual(["moving_rollup(a / b, 60, 'avg')"])
    expect(model?.queries[1]?.functions).toEqual([{ name: 'abs', options: '' }])
  })

  test('averages a query that does not say', () => {
    expect(readModel('x.y{*}')?.queries).toEqual([{ ...plain, metric: 'x.y' }])
  })

  test.each([
    '',
    'avg:x',
    'avg:x{*',
    'avg:x{*} +',
    'avg:x{*} avg:y{*}',
    'abs(avg:x{*}',
    'avg:x{*},',
    '1 + 1',
    ')',
    "top(avg:x{*}, 10, 'mean",
  ])('does not show pickers for %j', (text) => {
    expect(readModel(text)).toBeUndefined()
  })
})

describe('writeModel()', () => {
  test.each([
    'avg:x{*}',
    "top(sum:x{env:prod} by {host}.as_count().rollup(sum, 60), 5, 'max', 'asc')",
    'avg:x{*}, sum:y{*} by {host}',
    '-avg:x{*} / (sum:y{*} + 2.5e3) * 100',
    "calendar_shift(avg:x{*} - avg:y{*}, '-1d', 'UTC')",
  ])('writes %j as it was read', (text) => {
    const model = readModel(text)
    expect(model && writeModel(model)).toBe(text)
  })
})
