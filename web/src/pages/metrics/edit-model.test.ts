import { describe, expect, test } from 'vitest'

import { addQuery, changeQuery, removeQuery, splitFormulas, unknownNames } from './edit-model.ts'
import { queryOf, type QueryModel } from './query-model.ts'
import { writeModel } from './write-query.ts'

const model: QueryModel = {
  queries: [queryOf('x'), queryOf('y'), queryOf('z')],
  formulas: ['a / b', 'c'],
}

describe('editing a model', () => {
  test('changes a query wherever it is named', () => {
    const changed = changeQuery({ ...model, formulas: ['a / b', 'b'] }, 1, { aggregator: 'max' })
    expect(writeModel(changed)).toBe('avg:x{*} / max:y{*}, max:y{*}')
  })

  test('shows a new query by itself', () => {
    expect(
      writeModel(addQuery({ queries: [queryOf('x')], formulas: ['a * 2'] }, queryOf('y'))),
    ).toBe('avg:x{*} * 2, avg:y{*}')
  })

  test('shows what only a formula of the removed query named by itself, and renames the rest', () => {
    expect(removeQuery(model, 0)).toEqual({
      queries: [queryOf('y'), queryOf('z')],
      formulas: ['b', 'a'],
    })
    expect(removeQuery(model, 2).formulas).toEqual(['a / b'])
  })
})

describe('splitFormulas() and unknownNames()', () => {
  test('split at commas outside of brackets and quotes', () => {
    expect(splitFormulas("a, moving_rollup(a / (b, 1), 60, 'x,y') ,")).toEqual([
      'a',
      "moving_rollup(a / (b, 1), 60, 'x,y')",
    ])
  })

  test('know names from functions and texts', () => {
    expect(unknownNames(["abs(a) + c / top(b, 'd')"], 2)).toEqual(['c'])
  })
})
