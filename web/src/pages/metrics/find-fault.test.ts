import { describe, expect, test } from 'vitest'

import { findFault } from './find-fault.ts'

describe('findFault()', () => {
  test.each([
    ['avg:x{* by {host}', 'openBrace', 5],
    ['avg:x{*}, sum:y{', 'openBrace', 15],
    ['avg:x{*}}', 'strayBracket', 8],
    ['abs(top(avg:x{*}, 5)', 'openBracket', 3],
    ['avg:x{*})', 'strayBracket', 8],
    ["top(avg:x{*}, 5, 'mean)", 'openQuote', 17],
  ])('of %j is %s at %i', (text, kind, at) => {
    expect(findFault(text)).toEqual({ kind, at })
  })

  test.each([
    '',
    'avg:x',
    "avg:x{service:don't}",
    "timeshift(avg:x{a IN (b, c)} by {host}.rollup(max, 60), -60) + top(sum:y{}, 1, ')')",
  ])('has nothing to say of %j', (text) => {
    expect(findFault(text)).toBeUndefined()
  })
})
