import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseLogQuery } from '../logs/language/parse-log-query.ts'
import { kindsMeant } from './kinds-meant.ts'
import { happeningKinds } from './stored-happening.ts'

const all = happeningKinds.join(' ')
const searches: readonly (readonly [query: string, kinds: string])[] = [
  ['', all],
  ['web', all],
  ['kind:exit', 'exit'],
  ['kind:(exit OR oom)', 'exit oom'],
  ['kind:exit image:web', 'exit'],
  ['kind:exit OR image:web', all],
  ['kind:exit kind:oom', ''],
  ['kind:e*', all],
  ['kind:/^e/', all],
  ['kind:nonesuch', ''],
  ['-kind:exit', all],
]

describe('kindsMeant()', () => {
  for (const [query, kinds] of searches) {
    test(`of ${query === '' ? 'no search' : query}`, () => {
      assert.equal(kindsMeant(parseLogQuery(query)).join(' '), kinds)
    })
  }
})
