import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { substituteFormula } from './substitute-formula.ts'

const queries = new Map([
  ['a', 'avg:m{x:a} by {a}.rollup(sum, 60)'],
  ['query1', 'sum:n{*} + sum:o{*}'],
  ['e3', 'avg:e{*}'],
])

const cases: readonly (readonly [formula: string, expected: string])[] = [
  [' a ', 'avg:m{x:a} by {a}.rollup(sum, 60)'],
  ['query1', 'sum:n{*} + sum:o{*}'],
  ['a / query1', 'avg:m{x:a} by {a}.rollup(sum, 60) / (sum:n{*} + sum:o{*})'],
  ['abs(a)*1e3 + e3', 'abs(avg:m{x:a} by {a}.rollup(sum, 60))*1e3 + avg:e{*}'],
  ['top(e3, 10, \'a\', "query1")', 'top(avg:e{*}, 10, \'a\', "query1")'],
  ['a (e3)', 'a (avg:e{*})'],
  ['2', '2'],
]

describe('substituteFormula()', () => {
  for (const [formula, expected] of cases) {
    test(formula, () => {
      const found = substituteFormula(formula, queries)
      assert.equal(found.kind === 'expression' && found.text, expected)
    })
  }

  test('names the queries in their order', () => {
    const found = substituteFormula('e3 - a - e3', queries)
    assert.deepEqual(found.kind === 'expression' && found.names, ['e3', 'a', 'e3'])
  })

  test('says which query is missing', () => {
    assert.deepEqual(substituteFormula('a + constructor', queries), {
      kind: 'fault',
      reason: 'its formula names constructor, and there is no such query',
    })
  })
})
