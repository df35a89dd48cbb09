import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { PatternEffortError } from './effort.ts'
import { LinearPattern } from './linear-pattern.ts'
import { PatternSyntaxError } from './syntax.ts'

/** All matches with their groups, as texts. */
function matchesOf(pattern: LinearPattern, text: string | Uint8Array): (string | undefined)[][] {
  const line = Buffer.from(text)
  const bytes = Buffer.concat([Buffer.from('xy'), line, Buffer.from('z')])
  const found: (string | undefined)[][] = []
  pattern.matches({ bytes, start: 2, end: 2 + line.length }, (slots) => {
    const groups = Array.from({ length: pattern.groupCount }, (_, group) => {
      const from = slots[2 * group] ?? -1
      return from < 0 ? undefined : bytes.toString('utf8', from, slots[2 * group + 1])
    })
    found.push(groups)
  })
  assert.equal(pattern.test(bytes, 2, 2 + line.length), found.length > 0)
  return found
}

describe('LinearPattern', () => {
  type Found = readonly (readonly (string | undefined)[])[]
  const cases: readonly (readonly [source: string, text: string, found: Found])[] = [
    ['abc', 'xabcabc', [['abc'], ['abc']]],
    ['^a', 'aa', [['a']]],
    ['(?m)^a$', 'a\nb\na', [['a'], ['a']]],
    ['^a$', 'a\nb\na', []],
    ['a$', 'a\n', []],
    ['\\Aa|b\\z', 'abab', [['a'], ['b']]],
    ['(a|ab)(c|bcd)(d*)', 'abcd', [['abcd', 'a', 'bcd', '']]],
    ['a+?', 'aaa', [['a'], ['a'], ['a']]],
    ['(?U)a+', 'aa', [['a'], ['a']]],
    ['(?U)a+?', 'aa', [['aa']]],
    [
      '(a)|(b)',
      'ba',
      [
        ['b', undefined, 'b'],
        ['a', 'a', undefined],
      ],
    ],
    ['a*', 'baab', [[''], ['aa'], ['']]],
    ['', 'é1', [[''], [''], ['']]],
    ['(?i)straße|k', 'STRAßE \u212a', [['STRAßE'], ['\u212a']]],
    ['a(?i)b', 'aB Ab', [['aB']]],
    ['(?i:a)b', 'Ab aB', [['Ab']]],
    ['(?i)[^k]', 'Kk\u212ax', [['x']]],
    ['.', '\né😀', [['é'], ['😀']]],
    ['(?s).', '\né', [['\n'], ['é']]],
    ['[é-ü]+', 'aéüz', [['éü']]],
    ['[[:alpha:]_]+|[^[:^digit:]]', 'a_1', [['a_'], ['1']]],
    ['[]a]+|[a-]', ']a-', [[']a'], ['-']]],
    ['\\p{Greek}+|\\pN|\\P{L}', 'αβ5a ', [['αβ'], ['5'], [' ']]],
    ['\\bfoo\\b', 'foo foobar (foo)', [['foo'], ['foo']]],
    ['\\Boo', 'foo oo', [['oo']]],
    ['\\x41\\x{e9}\\101\\t', 'AéA\t', [['AéA\t']]],
    ['\\Qa.b\\E+', 'a.bb', [['a.bb']]],
    ['\\s', '\u000b\f', [['\f']]],
    ['(?P<year>\\d{4})-(?<month>\\d\\d)', '2024-05', [['2024-05', '2024', '05']]],
    ['a{2,3}', 'aaaaaa', [['aaa'], ['aaa']]],
    ['a{,2}', 'a{,2}', [['a{,2}']]],
    ['(a*)*b', 'aab', [['aab', 'aa']]],
    ['x{1000}', 'x'.repeat(1000), [['x'.repeat(1000)]]],
  ]
  for (const [source, text, found] of cases)
    test(`finds /${source}/ in ${JSON.stringify(text.slice(0, 20))}`, () =>
      assert.deepEqual(matchesOf(new LinearPattern(source), text), found))

  test('takes each byte that is no UTF-8 for one character', () => {
    const text = Buffer.from([0x61, 0xff, 0xc3, 0x62, 0xe2, 0x82])
    assert.equal(matchesOf(new LinearPattern('a..b'), text).length, 1)
    assert.equal(matchesOf(new LinearPattern('b..$'), text).length, 1)
    assert.equal(matchesOf(new LinearPattern('\\x{fffd}'), text).length, 4)
  })

  test('names its groups', () =>
    assert.deepEqual([...new LinearPattern('(a)(?P<b>b)').groupNames], [['b', 2]]))

  const faults: readonly (readonly [source: string, message: string])[] = [
    ['a(', 'a ) is missing'],
    ['a)', 'a ) stands without its ('],
    ['[a', 'a ] is missing'],
    ['[z-a]', 'a range in a class does not go from a character to a later one'],
    ['*', 'nothing stands before *, write .* for any text'],
    ['a**', 'one repetition stands behind another'],
    ['a{1001}', '{1001} is not possible, the limit is 1000'],
    ['(a{1000}){1000}', 'its repetitions make it too large'],
    ['(?:(?:(?:){1000}){1000}){1000}', 'its repetitions make it too large'],
    ['(?=a)', 'look-around (?=…) is not supported'],
    ['(?<!a)', 'look-around (?<!…) is not supported'],
    ['(a)\\1', 'back-references such as \\1 are not supported'],
    ['(?x)a', '(?x)a… is not known'],
    ['\\y', '\\y is not known'],
    ['a\\', 'a backslash stands at its end'],
    ['\\p{Klingon}', '\\p{Klingon} is not known'],
    ['(?P<a>x)(?P<a>y)', 'two of its groups are called a'],
    ['('.repeat(300), 'its groups are nested more than 200 deep'],
  ]
  for (const [source, message] of faults)
    test(`refuses ${source.slice(0, 30)}`, () =>
      assert.throws(() => new LinearPattern(source), new PatternSyntaxError(message)))

  test('finds in any text what the usual engine finds', () => {
    const random = seeded(7)
    for (let i = 0; i < 3000; i += 1) {
      const source = randomPattern(random, 3)
      const text = Array.from({ length: random(9) }, () => 'ab\n_'[random(4)]).join('')
      const expected = [...text.matchAll(new RegExp(source, 'g'))].map((found) => found[0])
      const found = matchesOf(new LinearPattern(source), text).map(([whole]) => whole)
      assert.deepEqual(found, withoutTouching(expected, text, source), `${source} in ${text}`)
    }
  })

  for (const source of ['(a+)+$', '(a+)+b', '.*x', '^(.*a){12}$', '(a?){30}a{30}b', 'a.{0,500}b'])
    test(`answers soon for /${source}/ in 1 MB`, () => {
      const text = Buffer.from(`${'a'.repeat(1e6)}!`)
      const pattern = new LinearPattern(source)
      const before = process.cpuUsage()
      assert.equal(pattern.test(text, 0, text.length), false)
      assert.ok(process.cpuUsage(before).user < 200_000)
    })

  test('gives up where each character asks for a new state', () => {
    const random = seeded(3)
    const text = Buffer.from(Array.from({ length: 1e6 }, () => 97 + random(2)))
    const pattern = new LinearPattern('[ab]*a[ab]{15}c')
    const before = process.cpuUsage()
    assert.throws(() => pattern.test(text, 0, text.length), PatternEffortError)
    assert.ok(process.cpuUsage(before).user < 500_000)
    assert.equal(pattern.test(Buffer.from(`a${'b'.repeat(15)}c`), 0, 17), true)
  })

  test('goes on with an empty table of states when it was full', () => {
    const random = seeded(5)
    const pattern = new LinearPattern('[ab]*a[ab]{13}c')
    for (let i = 0; i < 300; i += 1) {
      const text = Buffer.from(Array.from({ length: 500 }, () => 97 + random(2)))
      text[499] = 0x63
      assert.equal(pattern.test(text, 0, 500), text[485] === 0x61)
    }
  })
})

/** The usual engine finds an empty match right behind another; Go does not. */
function withoutTouching(found: readonly string[], text: string, source: string): string[] {
  const kept: string[] = []
  let lastEnd = -1
  for (const match of text.matchAll(new RegExp(source, 'g'))) {
    const end = match.index + match[0].length
    if (match[0] !== '' || match.index !== lastEnd) kept.push(match[0])
    lastEnd = end
  }
  assert.ok(kept.length <= found.length)
  return kept
}

function randomPattern(random: (below: number) => number, depth: number): string {
  const atoms = ['a', 'b', '.', '[ab]', '[^a]', '\\b', '^', '$', '\\n', '_', '\\w']
  if (depth === 0) return atoms[random(atoms.length)] ?? ''
  const inner = (): string => randomPattern(random, depth - 1)
  switch (random(5)) {
    case 0:
      return `(?:${inner()}|${inner()})`
    case 1:
      return `(?:${'ab_'[random(3)]}${inner()})${['*', '+', '?', '*?', '+?', '??', '{1,2}'][random(7)]}`
    default:
      return inner() + inner()
  }
}

/** @see https://en.wikipedia.org/wiki/Linear_congruential_generator */
function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
