import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseExpressions } from '../metric-language/parse-expressions.ts'
import { QuestionError } from '../question-error.ts'
import { evaluate } from './evaluate.ts'
import type { Frame, FrameGrid } from './frame.ts'
import {
  evaluateLiterally,
  frameOf,
  literalGrid,
  valuesOf,
  type LiteralSeries,
  type Value,
} from './cases/literal-frames.ts'

const _ = null
const { startMs } = literalGrid

/** What is fetched: metric, seconds from the start of the grid, intervals. */
async function listFetched(
  text: string,
  grid: FrameGrid = literalGrid,
): Promise<readonly unknown[]> {
  const fetched: unknown[] = []
  const [expression] = parseExpressions(text)
  assert.ok(expression)
  await evaluate(expression, {
    grid,
    fetch: async (query, asked) => {
      fetched.push([query.metric, (asked.startMs - grid.startMs) / 1000, asked.length])
      return frameOf([], query, asked)
    },
  })
  return fetched
}

describe('evaluate()', () => {
  const fetches: readonly (readonly [query: string, fetched: readonly unknown[]])[] = [
    ['a{*}', [['a', 0, 6]]],
    ['a{*} / a{*}', [['a', 0, 6]]],
    ['a{*} / sum:a{*}', [['a', 0, 6], ['a', 0, 6]]], // prettier-ignore
    ['a{*}.fill(zero) + a{*}.fill(last) + a{*}', [['a', 0, 6]]],
    ['a{x:1} - a{x:2}', [['a', 0, 6], ['a', 0, 6]]], // prettier-ignore
    ['diff(a{*})', [['a', -10, 7]]],
    ['a{*} + diff(diff(a{*})) + abs(a{*})', [['a', -20, 8]]],
    ['median_5(a{*})', [['a', -40, 10]]],
    ['ewma_3(a{*})', [['a', -120, 18]]],
    ["moving_rollup(a{*}, 60, 'avg')", [['a', -50, 11]]],
    ["moving_rollup(a{*}, 61, 'avg')", [['a', -60, 12]]],
    ['hour_before(a{*})', [['a', -3600, 6]]],
    ['day_before(a{*})', [['a', -86_400, 6]]],
    ['week_before(a{*})', [['a', -604_800, 6]]],
    ['month_before(a{*})', [['a', -2_419_200, 6]]],
    ["calendar_shift(a{*}, '-1d', 'UTC')", [['a', -86_400, 6]]],
    ['timeshift(a{*}, -30)', [['a', -30, 6]]],
    ['timeshift(diff(a{*}), -30)', [['a', -40, 7]]],
    ['diff(timeshift(a{*}, -30)) / a{*}', [['a', -40, 7], ['a', 0, 6]]], // prettier-ignore
    ['timeshift(timeshift(a{*}, -30), -30)', [['a', -60, 6]]],
  ]
  for (const [query, fetched] of fetches) {
    test(`fetches for ${query} no more than it needs`, async () => {
      assert.deepEqual(await listFetched(query), fetched)
    })
  }

  test('does not look back without end', async () => {
    const grid = { startMs: 0, intervalMs: 1000, length: 1500 }
    await listFetched("moving_rollup(a{*}, 4501, 'avg')", grid)
    await assert.rejects(listFetched("moving_rollup(a{*}, 4502, 'avg')", grid), {
      kind: 'too-large',
      message:
        'Cannot look back 4501 s in steps of 1 s: 6001 steps are needed, at most 6000 are allowed; ask for longer ones with .rollup()',
    })
  })

  test('leaves errors of fetch as they are', async () => {
    const error = new QuestionError('busy', 'Cannot answer the query now')
    const [expression] = parseExpressions('a{*}')
    assert.ok(expression)
    await assert.rejects(
      evaluate(expression, { grid: literalGrid, fetch: () => Promise.reject(error) }),
      error,
    )
  })

  test('refuses numbers alone', async () => {
    const of = { kind: 'number', place: { start: 1, end: 2 }, value: 5 } as const
    const expression = { kind: 'negation', place: { start: 0, end: 2 }, of } as const
    const fetch = (): Promise<Frame> => Promise.reject(new Error('nothing is to be fetched'))
    await assert.rejects(evaluate(expression, { grid: literalGrid, fetch }), {
      kind: 'invalid',
      at: 0,
      message: 'Cannot answer the query: there is no metric in it',
    })
  })

  test('says when a time is shifted by something near it', async () => {
    const { notes } = await evaluateLiterally('timeshift(m{*}, -24) + timeshift(m{*}, -24)', [
      { metric: 'm', values: [1] },
    ])
    assert.deepEqual(notes, [
      'the time is shifted by 20 s in the place of 24 s, in whole steps of 10 s',
    ])
  })

  test('gives the grid it was asked for, and series that have something on it', async () => {
    const frame = await evaluateLiterally('diff(m{*} by {x})', [
      { metric: 'm', before: [5], values: [7], groups: [['x', '1']] },
      { metric: 'm', before: [5], values: [], groups: [['x', '2']] },
    ])
    assert.deepEqual({ ...frame, series: [] }, { ...literalGrid, notes: [], series: [] })
    assert.equal(frame.startMs, startMs)
    assert.deepEqual(valuesOf(frame), [[2, _, _, _, _, _]])
  })
})

const host = (name: string): readonly [string, string] => ['host', name]
const disk = (name: string): readonly [string, string] => ['disk', name]

const series: readonly LiteralSeries[] = [
  { metric: 'one', values: [2, 4, _, 0, -8, 1] },
  { metric: 'other', values: [1, 2, 3, 0, 4, _] },
  { metric: 'used', groups: [host('a')], values: [1, 2, 3, 4, 5, 6] },
  { metric: 'used', groups: [host('b')], values: [2, 2, 2, 2, 2, 2] },
  { metric: 'used', groups: [host('c')], values: [3, 3, 3, 3, 3, 3] },
  { metric: 'size', groups: [host('d')], values: [9, 9, 9, 9, 9, 9] },
  { metric: 'size', groups: [host('b')], values: [4, 0, 8, _, 2, 1] },
  { metric: 'size', groups: [host('a')], values: [10, 10, 10, 10, 10, 10] },
  { metric: 'free', groups: [disk('x'), host('a')], values: [1, 1, 1, 1, 1, 1] },
  { metric: 'free', groups: [disk('y'), host('a')], values: [2, 2, 2, 2, 2, 2] },
  { metric: 'free', groups: [disk('x'), host('b')], values: [3, 3, 3, 3, 3, 3] },
]

describe('operators', () => {
  const table: readonly (readonly [query: string, expected: Readonly<Record<string, Value[]>>])[] =
    [
      ['one{*} + other{*}', { '': [3, 6, _, 0, -4, _] }],
      ['one{*} - other{*}', { '': [1, 2, _, 0, -12, _] }],
      ['one{*} * other{*}', { '': [2, 8, _, 0, -32, _] }],
      ['one{*} / other{*}', { '': [2, 2, _, _, -2, _] }],
      ['one{*} + 1', { '': [3, 5, _, 1, -7, 2] }],
      ['1 - one{*}', { '': [-1, -3, _, 1, 9, 0] }],
      ['8 / one{*}', { '': [4, 2, _, _, -1, 8] }],
      ['one{*} / 0', {}],
      ['1 / 0 * one{*}', {}],
      ['-one{*}', { '': [-2, -4, _, 0, 8, -1] }],
      ['(1 + 2) * one{*} - 2 * (one{*} + 3)', { '': [-4, -2, _, -6, -14, -5] }],
      ['1 + 2 * one{*}', { '': [5, 9, _, 1, -15, 3] }],
      ['one{*} / 2 / 2', { '': [0.5, 1, _, 0, -2, 0.25] }],
      ['one{*} - 1 - 1', { '': [0, 2, _, -2, -10, -1] }],
      ['one{*} - (1 - 1)', { '': [2, 4, _, 0, -8, 1] }],
      ['-one{*} * -2', { '': [4, 8, _, 0, -16, 2] }],
      ['1e308 * one{*}', { '': [_, _, _, 0, _, 1e308] }],
      [
        'used{*} by {host} / other{*}',
        { a: [1, 1, 1, _, 1.25, _], b: [2, 1, 2 / 3, _, 0.5, _], c: [3, 1.5, 1, _, 0.75, _] },
      ],
      [
        'other{*} - used{*} by {host}',
        { a: [0, 0, 0, -4, -1, _], b: [-1, 0, 1, -2, 2, _], c: [-2, -1, 0, -3, 1, _] },
      ],
      [
        'used{*} by {host} / size{*} by {host}',
        { a: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], b: [0.5, _, 0.25, _, 1, 2] },
      ],
      [
        'free{*} by {disk,host} - used{*} by {host}',
        {
          'x,a': [0, -1, -2, -3, -4, -5],
          'y,a': [1, 0, -1, -2, -3, -4],
          'x,b': [1, 1, 1, 1, 1, 1],
        },
      ],
      [
        'used{*} by {host} * free{*} by {disk,host}',
        { 'x,a': [1, 2, 3, 4, 5, 6], 'y,a': [2, 4, 6, 8, 10, 12], 'x,b': [6, 6, 6, 6, 6, 6] },
      ],
      ['used{*} by {host} / nothing{*}', {}],
      ['nothing{*} + one{*}', {}],
      ['count_not_null(used{*} by {host}) * 2', { '': [6, 6, 6, 6, 6, 6] }],
    ]
  for (const [query, expected] of table) {
    test(query, async () => {
      const frame = await evaluateLiterally(query, series)
      const names = frame.series.map(({ groups }) => groups.map(([, value]) => value).join())
      assert.deepEqual(
        Object.fromEntries(valuesOf(frame).map((values, n) => [names[n], values])),
        expected,
      )
    })
  }

  test('keep the groups of the side with more keys and name both sides', async () => {
    const frame = await evaluateLiterally(
      '100 * used{*} by {host} / free{*} by {disk,host}',
      series,
    )
    const [first] = frame.series
    assert.deepEqual(first?.groups, [disk('x'), host('a')])
    assert.equal(first?.metric, '((100 * used) / free)')
    assert.equal(first?.expression, '((100 * avg:used{host:a}) / avg:free{disk:x,host:a})')
  })

  test('say how many groups have no partner', async () => {
    const notesOf = async (query: string): Promise<readonly string[]> =>
      (await evaluateLiterally(query, series)).notes
    assert.deepEqual(await notesOf('used{*} by {host} / size{*} by {host}'), [
      '2 groups are on one side of / only and left out',
    ])
    assert.deepEqual(await notesOf('free{*} by {disk,host} + used{*} by {host}'), [
      '1 group is on one side of + only and left out',
    ])
    assert.deepEqual(await notesOf('used{*} by {host} / other{*}'), [])
  })
})
