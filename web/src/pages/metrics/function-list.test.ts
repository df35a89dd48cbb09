import { describe, expect, test } from 'vitest'

import { applyFunction, functionChoices, functionText } from './function-list.ts'
import { queryOf } from './query-model.ts'
import { readModel } from './read-query.ts'
import { writeQuery } from './write-query.ts'

const query = { ...queryOf('x'), methods: [{ name: 'as_count', options: '' }] }

describe('applyFunction()', () => {
  test.each(functionChoices.map((choice) => [functionText(choice), choice] as const))(
    'applies %s so that the fields can show it',
    (_text, choice) => {
      const applied = { ...queryOf('x'), ...applyFunction(queryOf('x'), choice) }
      expect(readModel(writeQuery(applied))?.queries).toEqual([applied])
    },
  )

  test('puts one around the other, and replaces a method of the same kind', () => {
    const rate = functionChoices.find(({ name }) => name === 'as_rate')
    const top = functionChoices.find(({ name }) => name === 'top')
    if (!rate || !top) throw new Error('no such functions')
    const rated = { ...query, ...applyFunction(query, rate) }
    expect(writeQuery({ ...rated, ...applyFunction(rated, top) })).toBe(
      "top(avg:x{*}.as_rate(), 10, 'mean', 'desc')",
    )
  })
})
