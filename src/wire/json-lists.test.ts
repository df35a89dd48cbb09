import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { z } from 'zod'
import { listOf, recordOf } from './json-lists.ts'

const issuesOf = (schema: z.ZodType, given: unknown): readonly string[] =>
  schema.safeParse(given).error?.issues.map(({ path, message }) => `${z.core.toDotPath(path)}: ${message}`) ?? [] // prettier-ignore

describe('listOf()', () => {
  const lists = z.object({ lists: listOf(z.object({ numbers: listOf(z.number()) })) })

  test('reads what fits', () => {
    const given = { lists: [{ numbers: [1, 2] }, { numbers: [] }] }
    assert.deepEqual(lists.parse(given), given)
  })

  test('names the first place that does not fit, and no other', () => {
    const given = { lists: [{ numbers: [1] }, { numbers: [1, 'a', 'b'] }, { numbers: 'c' }] }
    assert.deepEqual(issuesOf(lists, given), ['lists[1].numbers[1]: Invalid input: expected number, received string']) // prettier-ignore
    assert.deepEqual(issuesOf(lists, { lists: 1 }), ['lists: Invalid input: expected array, received number']) // prettier-ignore
  })

  test('takes no more than may be', () => {
    const two = listOf(z.number(), 2)
    assert.deepEqual(two.parse([1, 2]), [1, 2])
    assert.match(issuesOf(two, [1, 2, 3]).join('|'), /^: Too big: /)
  })
})

describe('recordOf()', () => {
  test('reads what fits, whatever it is called', () => {
    const given: unknown = JSON.parse('{"a":1,"constructor":2}')
    assert.deepEqual(recordOf(z.number()).parse(given), given)
  })

  test('names the first value that does not fit, and no other', () => {
    const given = { a: 1, b: 'x', c: 'y' }
    assert.deepEqual(issuesOf(recordOf(z.number()), given), ['b: Invalid input: expected number, received string']) // prettier-ignore
  })
})
