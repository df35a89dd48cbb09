import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { formatLogQuery } from './format-log-query.ts'
import { LogQueryError } from './log-query-error.ts'
import { maxDepth, maxQueryLength, maxTerms, parseLogQuery } from './parse-log-query.ts'

const readAs: readonly (readonly [query: string, formatted: string])[] = [
  ['', '*'],
  ['   ', '*'],
  ['*', '*'],
  ['**', '*'],
  ['error', 'error'],
  ['  error  ', 'error'],
  ['Fehler_1.2', 'Fehler_1.2'],
  ['été', 'été'],
  ['失敗', '失敗'],
  ['10.0.0.1', '10.0.0.1'],
  ['foo-bar', '"foo-bar"'],
  ['foo,', '"foo,"'],
  ['a/b', '"a/b"'],
  ['12:30:45', '"12:30:45"'],
  ['http://a.example/x', '"http://a.example/x"'],
  ['std::vector', '"std::vector"'],
  ['/healthz', '"/healthz"'],
  ['/api/v1/users', '"/api/v1/users"'],
  ['/api/v1 /x', '"/api/v1" "/x"'],
  ['//', '"//"'],
  ['"connection reset"', '"connection reset"'],
  ['"it is \\"so\\""', '"it is \\"so\\""'],
  ['"C:\\dir"', '"C:\\\\dir"'],
  ['"a * b"', '"a * b"'],
  ['"("', '"("'],
  ['"AND"', '"AND"'],
  ['and or not', 'and or not'],
  ['ANDROID', 'ANDROID'],
  ['err*', 'err*'],
  ['*rror', '*rror'],
  ['e*r*r', 'e*r*r'],
  ['foo\\*', '"foo*"'],
  ['foo\\*bar*', 'foo\\*bar*'],
  ['foo\\ bar', '"foo bar"'],
  ['key\\:value', '"key:value"'],
  ['\\-x', '"-x"'],
  ['\\"', '"\\""'],
  ['\\\\', '"\\\\"'],
  ['a"b"', '"a\\"b\\""'],
  ['"a"b', 'a b'],
  ['a b', 'a b'],
  ['a AND b', 'a b'],
  ['a OR b', 'a OR b'],
  ['a b OR c d', 'a b OR c d'],
  ['a (b OR c)', 'a (b OR c)'],
  ['(a)', 'a'],
  ['((a b))', 'a b'],
  ['(a b) c', '(a b) c'],
  ['foo(bar)', 'foo bar'],
  ['(a)(b)', 'a b'],
  ['-a', 'NOT a'],
  ['NOT a', 'NOT a'],
  ['NOT -a', 'NOT NOT a'],
  ['-(a OR b)', 'NOT (a OR b)'],
  ['a -b', 'a NOT b'],
  ['a NOT b OR c', 'a NOT b OR c'],
  ['-"a b"', 'NOT "a b"'],
  ['-/x/', 'NOT /x/'],
  ['--since', '"--since"'],
  ['a - b', 'a "-" b'],
  ['a-b', '"a-b"'],
  ['/time ?out/', '/time ?out/'],
  ['/TimeOut/i', '/TimeOut/i'],
  ['/a\\/b/', '/a\\/b/'],
  ['/(a|b)+/ c', '/(a|b)+/ c'],
  ['(/a/)', '/a/'],
  ['/a/g', '"/a/g"'],
  ['service:web', 'service:web'],
  ['service:web-*', 'service:web\\-*'],
  ['service:*', 'service:*'],
  ['service:""', 'service:""'],
  ['-service:*', 'NOT service:*'],
  ['container:"my web"', 'container:"my web"'],
  ['container:(a OR b)', 'container:a OR container:b'],
  ['container:(a b)', 'container:a container:b'],
  ['container:(a OR -b)', 'container:a OR NOT container:b'],
  ['container:(a OR (b c))', 'container:a OR container:b container:c'],
  ['x -container:(a OR b)', 'x NOT (container:a OR container:b)'],
  ['host:/^web-\\d+$/', 'host:/^web-\\d+$/'],
  ['host:(/a/ OR /b/i)', 'host:/a/ OR host:/b/i'],
  ['path:/api/v1', 'path:"/api/v1"'],
  ['a:b:c', 'a:"b:c"'],
  ['@http.status:200', '@http.status:200'],
  ['@1st:x', '@\\1st:x'],
  ['@my\\ key:x', '@my\\ key:x'],
  ['@duration:>50', '@duration:{50 TO *}'],
  ['@duration:>=0.5', '@duration:[0.5 TO *}'],
  ['@duration:<1e3', '@duration:{* TO 1000}'],
  ['@duration:<= -5', '@duration:{* TO -5]'],
  ['@size:[10 TO 20]', '@size:[10 TO 20]'],
  ['@size:{10 TO 20]', '@size:{10 TO 20]'],
  ['@size:[* TO 20}', '@size:{* TO 20}'],
  ['@size:( >1 <5 )', '@size:{1 TO *} @size:{* TO 5}'],
  ['level:error', 'level:error'],
  ['level:WARNING', 'level:warn'],
  ['status:err', 'status:error'],
  ['level:e*', 'level:e*'],
  ['level:>=warn', 'level:[warn TO *}'],
  ['level:[info TO error]', 'level:[info TO error]'],
  ['level:(warn OR error)', 'level:warn OR level:error'],
  ['trace_id:4bf92f35', 'trace_id:4bf92f35'],
  [
    'team:core "a b" -/x/ (@n:>1 OR level:error)',
    'team:core "a b" NOT /x/ (@n:{1 TO *} OR level:error)',
  ],
  ['😀', '"😀"'],
  ['\\😀*', '\\😀*'],
]

const term = 'a word, a "phrase", key:value or /regular expression/ is expected'
const levels =
  'a level is expected: unknown, trace, debug, info, notice, warn, error, critical, alert, emergency'
const colon = 'a colon that is meant itself is written \\: or put in quotes'

const faults: readonly (readonly [query: string, at: number, reason: string])[] = [
  ['"abc', 0, 'before "abc: its closing " is missing'],
  ['a "', 2, 'before ": its closing " is missing'],
  ['""', 0, 'before "": a text is expected between the quotes'],
  ['(', 1, `at its end: ${term}`],
  ['(a', 0, 'before (a: its closing ) is missing'],
  ['a)', 1, 'before ): no bracket is open that this could close'],
  ['()', 1, `before ): ${term}`],
  [')', 0, `before ): ${term}`],
  ['a OR', 4, `at its end: ${term}`],
  ['a AND ', 6, `at its end: ${term}`],
  ['OR a', 0, `before OR a: ${term}; the word itself is put in quotes`],
  ['a OR AND b', 5, `before AND b: ${term}; the word itself is put in quotes`],
  ['NOT', 3, `at its end: ${term}`],
  ['a NOT )', 6, `before ): ${term}`],
  ['foo\\', 4, 'at its end: a character is expected after \\'],
  ['Error: no', 0, `before Error: no: Error: needs a value right after the colon; ${colon}`],
  ['a service:', 2, `before service:: service: needs a value right after the colon; ${colon}`],
  ['service:(', 9, `at its end: ${term}`],
  ['service:(a', 8, 'before (a: its closing ) is missing'],
  ['service:(a OR)', 13, `before ): ${term}`],
  ['service:"a', 8, 'before "a: its closing " is missing'],
  ['level:loud', 6, `before loud: ${levels}`],
  ['level:>loud', 7, `before loud: ${levels}`],
  ['level:>', 7, `at its end: ${levels}`],
  ['@n:>x', 4, 'before x: a number is expected'],
  ['@n:>', 4, 'at its end: a number is expected'],
  ['@n:[1 20]', 6, 'before 20]: TO is expected, as in [10 TO 20]'],
  ['@n:[1 TO 20', 11, 'at its end: ] or } is expected'],
  ['@n:[a TO 20]', 4, 'before a TO 20]: a number is expected'],
  ['@n:[* TO *]', 3, 'before [* TO *]: a range needs a number at one of its ends'],
  ['@n:[1 TO 1e999]', 9, 'before 1e999]: a number is expected'],
  ['/a(/', 2, 'before (/: its closing ) is missing'],
  ['x /*a/', 3, 'before *a/: nothing stands before it that could be repeated'],
  ['/(?=a)/', 1, 'before (?=a)/: RE2 knows (…), (?:…), (?i), (?P<name>…) and no looking around'],
  ['/(a)\\1/', 4, 'before \\1/: RE2 does not know what this \\ stands for'],
  ['host:/[a/', 6, 'before [a/: its closing ] is missing'],
  ['x'.repeat(4097), 4096, 'before x: it has 4097 characters, at most 4096 are allowed'],
]

describe('parseLogQuery()', () => {
  for (const [query, formatted] of readAs) {
    test(`reads ${query}`, () => {
      const filter = parseLogQuery(query)
      assert.equal(formatLogQuery(filter), formatted)
      assert.deepEqual(parseLogQuery(formatted), filter)
    })
  }

  test('gives the parts of a query', () => {
    assert.deepEqual(parseLogQuery('conn*set -level:>=warn'), {
      kind: 'and',
      filters: [
        { kind: 'text', pattern: ['conn', 'set'] },
        {
          kind: 'not',
          filter: {
            kind: 'field',
            key: 'level',
            test: { kind: 'range', from: { value: 5, isIncluded: true } },
          },
        },
      ],
    })
  })

  for (const [query, at, reason] of faults) {
    test(`says what is wrong with ${query.slice(0, 30)}`, () => {
      assert.throws(
        () => parseLogQuery(query),
        (error) => {
          assert.ok(error instanceof LogQueryError)
          const place = reason.startsWith('at its end') ? '' : `at character ${at + 1}, `
          assert.equal(error.message, `Cannot read the query ${place}${reason}`)
          assert.equal(error.at, at)
          return true
        },
      )
    })
  }

  test('takes so many terms and brackets, and no more', () => {
    const terms = (count: number): string => Array.from({ length: count }, () => 'a').join(' ')
    const nested = (count: number): string => `${'('.repeat(count)}a${')'.repeat(count)}`
    parseLogQuery(terms(maxTerms))
    assert.throws(() => parseLogQuery(terms(maxTerms + 1)), /: at most 100 terms are allowed$/)
    parseLogQuery(nested(maxDepth))
    assert.throws(() => parseLogQuery(nested(maxDepth + 1)), /at most 20 brackets and negations/)
    assert.throws(() => parseLogQuery(`${'NOT '.repeat(maxDepth + 1)}a`), /at most 20 brackets/)
    parseLogQuery('x'.repeat(maxQueryLength))
  })

  test('reads any text, or says where it cannot; what it reads it reads again', () => {
    const pieces = [...Array.from(' *"()\\/:-@[]{}<>=.^$|?+é😀'), 'a', 'b1', 'AND ', ' OR ', 'NOT ', ' TO ', 'level:', '@k:', '/i ', '\ud800'] // prettier-ignore
    const random = pseudoRandom(5)
    let read = 0
    for (let n = 0; n < 20_000; n++) {
      const query = Array.from({ length: random(12) }, () => pieces[random(pieces.length)]).join('')
      const filter = tryParsing(query)
      if (filter === undefined) continue
      read += 1
      assert.deepEqual(parseLogQuery(formatLogQuery(filter)), filter, JSON.stringify(query))
    }
    assert.ok(read > 2000 && read < 18_000, `${read} of 20,000 were read`)
  })
})

function tryParsing(query: string): ReturnType<typeof parseLogQuery> | undefined {
  try {
    return parseLogQuery(query)
  } catch (error) {
    assert.ok(error instanceof LogQueryError, `${JSON.stringify(query)}: ${String(error)}`)
    assert.ok(error.at >= 0 && error.at <= query.length, `${JSON.stringify(query)} at ${error.at}`)
    return undefined
  }
}

/** Numbers below a bound that are the same in every run. */
function pseudoRandom(seed: number): (bound: number) => number {
  let state = seed
  return (bound) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % bound
  }
}
