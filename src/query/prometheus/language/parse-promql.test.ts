import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parsePromql } from './parse-promql.ts'

describe('parsePromql()', () => {
  const selector = {
    kind: 'selector',
    matchers: [{ label: '__name__', operator: '=', value: 'a' }],
    offsetMs: 0,
  }

  test('tells where an expression stands', () => {
    assert.deepEqual(parsePromql('  a[5m] offset -1h @ 12.5 '), {
      ...selector,
      place: { start: 2, end: 25 },
      rangeMs: 300_000,
      offsetMs: -3_600_000,
      at: 12_500,
    })
  })

  test('gives what follows an operand to it alone', () => {
    const sum = parsePromql('1 + a offset 5m * 2')
    assert.equal(sum.kind, 'binary')
    assert.equal(sum.operator, '+')
    assert.equal(sum.right.kind, 'binary')
    assert.deepEqual(sum.right.left, {
      ...selector,
      place: { start: 4, end: 15 },
      offsetMs: 300_000,
    })
  })

  const faults: readonly (readonly [string, string, RegExp])[] = [
    ['the line and the column', 'sum(\n  a +\n)', /^3:1: parse error: unexpected "\)"$/],
    ['where a comment stood', '# why\nsum(a', /^2:6: parse error: unexpected end/],
    ['an unknown function', 'a + nothing(b)', /^1:5: .*"nothing" is not supported$/],
    [
      'a function that is not answered',
      'mad_over_time(a[1m])',
      /"mad_over_time" is not supported$/,
    ],
    ['an aggregation that is not answered', 'limitk(1, a)', /"limitk" is not supported$/],
    ['a modifier that is not answered', 'rate(a[1m] smoothed)', /"smoothed" is not supported$/],
    ['an operator that is not answered', 'a </ b', /"<\/" is not supported$/],
    ['a computed duration', 'a[5m + 1m]', /^1:3: .*"5m \+ 1m" is no duration$/],
    ['an empty text', '', /^1:1: .*unexpected end/],
    ['a text that does not end', 'a{b="c', /^1:7: .*unexpected end/],
    ['a broken escape', String.raw`a{b="\q"}`, /^1:5: .*cannot be read$/],
  ]
  for (const [claim, text, message] of faults) {
    test(`names ${claim}`, () => {
      assert.throws(() => parsePromql(text), { type: 'bad_data', message })
    })
  }

  const hostile: readonly (readonly [string, string])[] = [
    ['many parentheses', `${'('.repeat(20_000)}a${')'.repeat(20_000)}`],
    ['many operators', `a${' + a'.repeat(10_000)}`],
    ['many signs', `${'-'.repeat(20_000)}a`],
    ['many calls', `${'abs('.repeat(10_000)}a${')'.repeat(10_000)}`],
    ['a long text', 'a'.repeat(100_000)],
    ['many opened parentheses', '('.repeat(60_000)],
  ]
  for (const [claim, text] of hostile) {
    test(`refuses ${claim} without falling over`, () => {
      assert.throws(() => parsePromql(text), { type: 'bad_data' })
    })
  }
})
