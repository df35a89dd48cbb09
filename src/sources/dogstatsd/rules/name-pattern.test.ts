import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { compileNamePattern, PatternError } from './name-pattern.ts'

describe('compileNamePattern()', () => {
  const cases: readonly (readonly [source: string, flags: string, name: string])[] = [
    ['^a\\.([^.]*)\\.(\\w+)$', '', 'a.b.c'],
    ['^a\\.([^.]*)$', '', 'a.b.c'],
    ['^(?<what>x|xy)(.*)$', '', 'xyz'],
    ['^(a+?)(a*)$', '', 'aaa'],
    ['^(A)(\\w)$', 'i', 'ab'],
    ['^(?!b)(\\w+)$', '', 'ab'],
    ['^(?!b)(\\w+)$', '', 'ba'],
    ['^(a{1000})$', '', 'a'.repeat(1000)],
    ['^(.)$', 's', '\n'],
    ['^(?:(a)|(b))+$', '', 'ab'],
  ]
  for (const [source, flags, name] of cases) {
    test(`finds what /${source}/${flags} finds in ${JSON.stringify(name.slice(0, 9))}`, () => {
      const expected = new RegExp(source, flags).exec(name)
      const found = compileNamePattern(source, flags).match(name)
      assert.deepEqual(found && [...found], expected ? [...expected] : undefined)
      assert.deepEqual({ ...found?.groups }, { ...expected?.groups })
    })
  }

  for (const source of [
    '^(a+)+$',
    '^(.*a){12}$',
    '^(\\w|\\w\\w)+\\.$',
    `^${'([^.]*)a'.repeat(20)}$`,
  ]) {
    test(`answers soon for /${source.slice(0, 20)}/`, () => {
      const pattern = compileNamePattern(source, '')
      const before = process.cpuUsage()
      assert.equal(pattern.match(`${'a'.repeat(400)}!`), undefined)
      assert.ok(process.cpuUsage(before).user < 200_000)
    })
  }

  test('gives up where only the usual engine can look, and it takes too long', () => {
    const pattern = compileNamePattern('^(a+)+$', 'i')
    assert.deepEqual(pattern.match('aA')?.[0], 'aA')
    assert.throws(() => pattern.match(`${'a'.repeat(400)}!`), PatternError)
    assert.equal(pattern.match('b'), undefined)
  })
})
