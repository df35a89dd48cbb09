import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { functionSignatures } from '../../metric-language/function-signatures.ts'
import { metricFunctions } from './function-table.ts'
import {
  evaluateLiterally,
  valuesOf,
  type LiteralSeries,
  type Value,
} from '../cases/literal-frames.ts'

type Row = readonly [
  query: string,
  before: readonly Value[],
  values: readonly Value[],
  expected: readonly Value[],
]

const _ = null

/** Each on one series `m`, six intervals of ten seconds. */
const ofOneSeries: readonly Row[] = [
  ['abs(m{*})', [], [-1, 2, _, 0, -0.5, 3], [1, 2, _, 0, 0.5, 3]],
  ['log2(m{*})', [], [1, 2, 8, 0, -4, _], [0, 1, 3, _, _, _]],
  ['log10(m{*})', [], [1, 1000, 0.1, 0, -1, _], [0, 3, -1, _, _, _]],
  ['pow(m{*}, 2)', [], [1, -3, 0.5, _, 0, 1e200], [1, 9, 0.25, _, 0, _]],
  ['pow(m{*}, -1)', [], [1, 0, 4, _, _, -2], [1, _, 0.25, _, _, -0.5]],
  ['throughput(m{*})', [], [10, 0, _, 5, -10, 1], [1, 0, _, 0.5, -1, 0.1]],
  ['clamp_min(m{*}, 2)', [], [1, 2, 3, _, -9, 2.5], [2, 2, 3, _, 2, 2.5]],
  ['clamp_max(m{*}, 2)', [], [1, 2, 3, _, -9, 2.5], [1, 2, 2, _, -9, 2]],
  ['cutoff_min(m{*}, 2)', [], [1, 2, 3, _, -9, 2.5], [_, 2, 3, _, _, 2.5]],
  ['cutoff_max(m{*}, 2)', [], [1, 2, 3, _, -9, 2.5], [1, 2, _, _, -9, _]],
  ['default_zero(m{*})', [], [_, 1, _, 0, _, _], [0, 1, 0, 0, 0, 0]],
  // What comes first has something to compare with only where the interval before has a point.
  ['diff(m{*})', [], [1, 4, 2, 2, 7, 8], [_, 3, -2, 0, 5, 1]],
  ['diff(m{*})', [10], [1, 4, 2, 2, 7, 8], [-9, 3, -2, 0, 5, 1]],
  ['diff(m{*})', [5, _], [1, 4, _, _, 10, _], [_, 3, _, _, 6, _]],
  ['monotonic_diff(m{*})', [0], [1, 4, 2, 2, 7, 0], [1, 3, _, 0, 5, _]],
  ['derivative(m{*})', [10], [1, 4, 2, 2, 7, 8], [-0.9, 0.3, -0.2, 0, 0.5, 0.1]],
  ['derivative(m{*})', [], [5, _, _, 20, 10, _], [_, _, _, 0.5, -1, _]],
  ['per_second(m{*})', [0], [10, 40, 20, _, 60, 60], [1, 3, -2, _, 2, 0]],
  ['per_minute(m{*})', [0], [10, 40, 20, _, 60, 60], [60, 180, -120, _, 120, 0]],
  ['per_hour(m{*})', [0], [1, 4, 2, _, 6, 6], [360, 1080, -720, _, 720, 0]],
  ['dt(m{*})', [1], [1, _, _, 5, 5, 5], [10, _, _, 30, 10, 10]],
  ['dt(m{*})', [], [_, 1, _, 1, 1, _], [_, _, _, 20, 10, _]],
  ['diff(diff(m{*}))', [1, 2], [4, 8, 16, 32, 64, 128], [1, 2, 4, 8, 16, 32]],
  // Datadog's example: a constant 1 adds up to 1, 2, 3 …
  ['cumsum(m{*})', [100], [1, 1, 1, 1, 1, 1], [1, 2, 3, 4, 5, 6]],
  ['cumsum(m{*})', [], [1, _, -3, 0, _, 5], [1, _, -2, -2, _, 3]],
  ['diff(cumsum(m{*}))', [7], [1, 2, 3, 4, 5, 6], [_, 2, 3, 4, 5, 6]],
  // 10 s × 1 between each two points; a slope counts with its middle.
  ['integral(m{*})', [100], [1, 1, 1, 1, 1, 1], [0, 10, 20, 30, 40, 50]],
  ['integral(m{*})', [], [_, 0, 2, _, 4, -4], [_, 0, 10, _, 70, 70]],
  ['ewma_1(m{*})', [9], [1, 2, _, 4, 8, 3], [1, 2, _, 4, 8, 3]],
  // Half of the newest and half of the average before.
  ['ewma_3(m{*})', [], [8, 4, _, 2, 2, 10], [8, 6, _, 4, 3, 6.5]],
  ['ewma_3(m{*})', [8], [4, _, 2, 2, 10, 6.5], [6, _, 4, 3, 6.5, 6.5]],
  // A quarter of the newest.
  ['ewma_7(m{*})', [], [16, 0, 8, 8, 8, _], [16, 12, 11, 10.25, 9.6875, _]],
  ['median_3(m{*})', [], [5, 1, 3, 9, 2, 4], [5, 3, 3, 3, 3, 4]],
  ['median_3(m{*})', [7, 6], [5, 1, _, 9, 2, 4], [6, 5, _, 5, 5.5, 4]],
  ['median_5(m{*})', [1, 2, 3, 4], [5, 10, 0, _, 4, 6], [3, 4, 4, _, 4.5, 5]],
  ["moving_rollup(m{*}, 30, 'sum')", [1, 2], [3, 4, _, _, _, 5], [6, 9, 7, 4, _, 5]],
  ["moving_rollup(m{*}, 30, 'avg')", [1, 2], [3, 4, _, _, _, 5], [2, 3, 3.5, 4, _, 5]],
  ["moving_rollup(m{*}, 30, 'min')", [1, 2], [3, 4, _, -1, 9, 5], [1, 2, 3, -1, -1, -1]],
  ["moving_rollup(m{*}, 30, 'max')", [1, 2], [3, 4, _, -1, 9, 5], [3, 4, 4, 4, 9, 9]],
  ["moving_rollup(m{*}, 30, 'count')", [1, 2], [3, 4, _, _, _, 5], [3, 3, 2, 1, _, 1]],
  ["moving_rollup(m{*}, 25, 'sum')", [1, 2], [3, 4, _, _, _, 5], [6, 9, 7, 4, _, 5]],
  ["moving_rollup(m{*}, 1, 'sum')", [1, 2], [3, 4, _, _, _, 5], [3, 4, _, _, _, 5]],
  ["moving_rollup(m{*}, 70, 'sum')", [1, 2], [3, 4, 5, 6, 7, 8], [6, 10, 15, 21, 28, 35]],
  ['timeshift(m{*}, -20)', [1, 2], [3, 4, _, 6, 7, 8], [1, 2, 3, 4, _, 6]],
  ['timeshift(m{*}, -24)', [1, 2], [3, 4, _, 6, 7, 8], [1, 2, 3, 4, _, 6]],
  ['diff(timeshift(m{*}, -10))', [1, 2], [4, 8, 16, 32, 64, 128], [1, 2, 4, 8, 16, 32]],
  ['timeshift(cumsum(m{*}), -10)', [5, 2], [4, 8, 16, 32, 64, 128], [2, 6, 14, 30, 62, 126]],
  ['m{*}.fill(null)', [], [1, _, 2, _, _, 3], [1, _, 2, _, _, 3]],
  ['m{*}.fill(zero)', [], [_, 1, _, 2, _, _], [_, 1, 0, 2, 0, 0]],
  ['m{*}.fill(last)', [], [_, 1, _, 2, _, _], [_, 1, 1, 2, 2, 2]],
  ['m{*}.fill(last, 10)', [], [1, _, _, 2, _, _], [1, 1, _, 2, 2, _]],
  ['m{*}.fill(zero, 19)', [], [1, _, _, 2, _, _], [1, 0, _, 2, 0, _]],
  ['m{*}.fill(linear)', [], [_, 1, _, _, 7, _], [_, 1, 3, 5, 7, _]],
  ['m{*}.fill(linear, 10)', [], [0, _, _, _, 8, 4], [0, 2, _, _, 8, 4]],
  ['diff(m{*}.fill(last))', [1], [_, 4, _, 5, _, _], [0, 3, 0, 1, 0, 0]],
]

const host = (name: string): readonly [string, string] => ['host', name]
const grouped: readonly LiteralSeries[] = [
  { metric: 'm', groups: [host('a')], values: [1, 1, 1, 1, 1, 1], before: [1000] },
  { metric: 'm', groups: [host('b')], values: [9, _, _, _, _, 0] },
  { metric: 'm', groups: [host('c')], values: [-5, -5, -5, -5, -5, 10] },
  { metric: 'm', groups: [host('d')], values: [_, 0, 0, _, 0, _] },
  { metric: 'm', groups: [host('N/A')], values: [2, _, _, _, _, _] },
]

/**
 * Of `grouped`, mean: a 1, b 4.5, c -2.5, d 0, N/A 2. Max: 1, 9, 10, 0, 2. Min: 1, 0, -5, 0, 2. Sum: 6, 9, -15, 0, 2.
 * Last: 1, 0, 10, 0, 2. Squares: 6, 81, 225, 0, 4. Area: 50, 225, -200 + 25 = -175, 0, 0.
 */
const ranked: readonly (readonly [query: string, hosts: string])[] = [
  ['top(m{*} by {host}, 2)', 'b N/A'],
  ["top(m{*} by {host}, 3, 'mean', 'desc')", 'b N/A a'],
  ["top(m{*} by {host}, 2, 'mean', 'asc')", 'c d'],
  ["top(m{*} by {host}, 2, 'max')", 'c b'],
  ["top(m{*} by {host}, 2, 'min')", 'N/A a'],
  ["top(m{*} by {host}, 2, 'sum')", 'b a'],
  ["top(m{*} by {host}, 2, 'last')", 'c N/A'],
  ["top(m{*} by {host}, 3, 'area')", 'b a d'],
  ["top(m{*} by {host}, 3, 'l2norm')", 'c b a'],
  ['bottom(m{*} by {host}, 2)', 'c d'],
  ["bottom(m{*} by {host}, 1, 'area')", 'c'],
  ['top5(m{*} by {host})', 'b N/A a d c'],
  ['bottom5(m{*} by {host})', 'c d a N/A b'],
  ['top5_max(m{*} by {host})', 'c b N/A a d'],
  ['bottom10_min(m{*} by {host})', 'c b d a N/A'],
  ['top20_last(m{*} by {host})', 'c N/A a b d'],
  ['top15_area(m{*} by {host})', 'b a d N/A c'],
  ['bottom20_l2norm(m{*} by {host})', 'd N/A a b c'],
  ['exclude_null(m{*} by {host})', 'a b c d'],
  ['top(cutoff_min(m{*} by {host}, 3), 5)', 'c b'],
  // What was before the time that is shown does not count.
  ["diff(top(m{*} by {host}, 1, 'max'))", 'c'],
]

describe('metric functions', () => {
  test('are those that the language knows', () => {
    assert.deepEqual(
      [...metricFunctions.keys()].toSorted(),
      [...functionSignatures.keys()].toSorted(),
    )
  })

  for (const [query, before, values, expected] of ofOneSeries) {
    test(`${query} of ${values.join()} after ${before.join()}`, async () => {
      const [found = []] = valuesOf(
        await evaluateLiterally(query, [{ metric: 'm', before, values }]),
      )
      assert.deepEqual(found.map(rounded), expected)
    })
  }

  for (const [query, hosts] of ranked) {
    test(`${query} keeps ${hosts}`, async () => {
      const { series } = await evaluateLiterally(query, grouped)
      assert.equal(series.map(({ groups }) => groups[0]?.[1]).join(' '), hosts)
    })
  }

  const merged: readonly (readonly [query: string, expected: readonly Value[]])[] = [
    ['count_not_null(m{*} by {host})', [4, 3, 3, 2, 3, 3]],
    ['count_nonzero(m{*} by {host})', [4, 2, 2, 2, 2, 2]],
    ['count_nonzero(cutoff_max(m{*} by {host}, -6))', []],
    ['count_not_null(cutoff_min(m{*} by {host}, 9))', [1, _, _, _, _, 1]],
    ['dt(cutoff_min(m{*} by {host}, 9))', [10, _, _, _, _, 50]],
  ]
  for (const [query, expected] of merged) {
    test(`${query} is one series`, async () => {
      const frame = await evaluateLiterally(query, grouped)
      assert.deepEqual(valuesOf(frame), expected.length > 0 ? [expected] : [])
      for (const { groups, expression } of frame.series) {
        assert.deepEqual(groups, [])
        assert.equal(expression, query.replace('m{', 'avg:m{'))
      }
    })
  }

  test('default_zero() of nothing is 0, unless it is by groups', async () => {
    const frame = await evaluateLiterally('default_zero(sum:nothing{x:1})', [])
    assert.deepEqual(valuesOf(frame), [[0, 0, 0, 0, 0, 0]])
    assert.equal(frame.series[0]?.metric, 'nothing')
    assert.equal(frame.series[0]?.expression, 'default_zero(sum:nothing{x:1})')
    assert.deepEqual(
      valuesOf(await evaluateLiterally('default_zero(nothing{*} by {host})', [])),
      [],
    )
  })

  test('name their series after themselves, and the metric where the unit is another', async () => {
    const names = async (query: string): Promise<readonly unknown[]> => {
      const { series } = await evaluateLiterally(query, grouped)
      return series.slice(0, 1).map(({ metric, expression }) => [metric, expression])
    }
    assert.deepEqual(await names('clamp_min(abs(m{*} by {host}), 3)'), [
      ['m', 'clamp_min(abs(avg:m{host:a}), 3)'],
    ])
    assert.deepEqual(await names('per_hour(pow(m{*} by {host}, 2))'), [
      ['per_hour(pow(m, 2))', 'per_hour(pow(avg:m{host:a}, 2))'],
    ])
    assert.deepEqual(await names("top(m{*} by {host}, 5, 'max')"), [['m', 'avg:m{host:c}']])
    assert.deepEqual(await names("moving_rollup(m{*} by {host}, 20, 'max')"), [
      ['m', "moving_rollup(avg:m{host:a}, 20, 'max')"],
    ])
  })

  test('ewma_20() knows what was before as well as if it had begun long ago', async () => {
    const before = Array.from({ length: 400 }, (_one, n) => (n * 7919) % 101)
    const values = [50, 60, 70, 80, 90, 100]
    const [found = []] = valuesOf(
      await evaluateLiterally('ewma_20(m{*})', [{ metric: 'm', before, values }]),
    )
    const weight = 2 / 21
    const exact = before.reduce((average, one) => average * (1 - weight) + one * weight)
    assert.ok(Math.abs((found[0] ?? 0) - (exact * (1 - weight) + 50 * weight)) < 0.05)
  })
})

function rounded(value: Value): Value {
  return value === null ? null : Math.round(value * 1e9) / 1e9
}
