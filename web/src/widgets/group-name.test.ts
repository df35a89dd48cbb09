import { describe, expect, test } from 'vitest'

import { curveName } from './group-name.ts'

describe('curveName()', () => {
  const expression = 'avg:a.b{x:y} by {host,image}'
  const groups = [
    ['host', 'web1'],
    ['image', ''],
  ] as const

  test.each([
    [{ expression, groups }, '', true, 'web1, (none)'],
    [{ expression, groups }, 'CPU', true, 'web1, (none)'],
    [{ expression, groups }, 'CPU', false, 'CPU web1, (none)'],
    [{ expression, groups }, '', false, 'avg:a.b web1, (none)'],
    [{ expression: 'avg:a.b{*}', groups: [] }, '', true, 'avg:a.b{*}'],
    [{ expression: 'avg:a.b{*}', groups: [] }, 'CPU', false, 'CPU'],
  ])('%j, alias %j, only %j', (curve, alias, isOnly, expected) => {
    expect(curveName(curve, alias, isOnly)).toBe(expected)
  })
})
