import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseRegex } from './parse-regex.ts'
import { RegexSyntaxError } from './regex-node.ts'
import { requiredTexts, type RequiredTexts } from './required-texts.ts'

/** What is required, written as a text: `|` stands where the end of a piece is sure to be the end of a word. */
function show(required: RequiredTexts | undefined): string {
  if (required === undefined) return ''
  if (required.kind === 'text') {
    const { text, isStartWhole, isEndWhole } = required
    return `${isStartWhole ? '|' : ''}${text}${isEndWhole ? '|' : ''}`
  }
  return `(${required.parts.map(show).join(required.kind === 'all' ? ' & ' : ' or ')})`
}

const required: readonly (readonly [source: string, shown: string])[] = [
  ['', ''],
  ['abc', 'abc'],
  ['a.c', '(a & c)'],
  ['^abc$', '|abc|'],
  ['\\Aabc\\z', '|abc|'],
  ['\\babc\\b', 'abc'],
  ['\\sabc\\s', '|abc|'],
  ['[ :]abc[ ,]', '|abc|'],
  ['[ x]abc[^ ]', 'abc'],
  ['[;[]abc', 'abc'],
  ['[[:space:]]abc', 'abc'],
  ['[\\]]abc', '|abc'],
  ['[]a]bc', 'bc'],
  ['foo bar', 'foo bar'],
  ['foo(bar)baz', 'foobarbaz'],
  ['foo(?:bar|baz)qux', '(foo & (bar or baz) & qux)'],
  ['foo(?:bar|)qux', '(foo & qux)'],
  ['foo|bar', '(foo or bar)'],
  ['foo|b[ar]', '(foo or b)'],
  ['foo|[ar]', ''],
  ['ab*c', '(a & c)'],
  ['ab?c', '(a & c)'],
  ['ab+c', '(ab & bc)'],
  ['ab{2}c', 'abbc'],
  ['ab{2,}c', '(abb & bc)'],
  ['ab{0,3}c', '(a & c)'],
  ['a{,3}', 'a{,3}'],
  ['a{x', 'a{x'],
  ['(foo)+', '(foo & foo)'],
  ['(foo|bar){2}', '((foo or bar) & (foo or bar))'],
  ['a+?b', '(a & ab)'],
  ['\\Qa.b\\Ec', 'a.bc'],
  ['\\Qa.b', 'a.b'],
  ['\\x41\\x{42}\\103\\t\\.', 'ABC\t.'],
  ['\\d\\w\\S\\pL\\p{Greek}\\PN', ''],
  ['(?i)Foo', 'Foo'],
  ['(?i)task', 'ta'],
  ['(?i:sk)y', 'y'],
  ['(?i)a(?-i)sk', 'ask'],
  ['(?i)a(?-i:sk)é', 'ask'],
  ['(?s:a.)(?P<n>b)(?<m>c)', '(a & bc)'],
  ['é失', 'é失'],
]

const faults: readonly (readonly [source: string, at: number, message: RegExp])[] = [
  ['(', 0, /closing \) is missing/],
  ['a(b(c)', 1, /closing \) is missing/],
  ['a)', 1, /no \( is open/],
  ['[a', 0, /closing \] is missing/],
  ['[]', 0, /closing \] is missing/],
  ['[b-a]', 1, /from one character to a later one/],
  ['[\\y]', 1, /does not know/],
  ['*a', 0, /nothing stands before it/],
  ['a|+', 2, /nothing stands before it/],
  ['a**', 2, /cannot be repeated/],
  ['a{2}{3}', 4, /cannot be repeated/],
  ['a{3,2}', 1, /from a smaller to a larger/],
  ['a{1001}', 1, /at most 1000/],
  ['(?<=a)b', 0, /no looking around/],
  ['(?!a)b', 0, /no looking around/],
  ['(?x)a', 0, /RE2 knows/],
  ['(a)\\1', 3, /does not know/],
  ['a\\', 1, /expected after/],
  ['\\y', 0, /does not know/],
  ['\\x{110000}', 0, /no such character/],
  ['('.repeat(201), 200, /too deep/],
]

describe('requiredTexts()', () => {
  for (const [source, shown] of required) {
    test(`of ${source}`, () => {
      assert.equal(show(requiredTexts(parseRegex({ source, isCaseless: false }))), shown)
    })
  }

  test('leaves out letters that have more than two cases where case does not matter', () => {
    assert.equal(show(requiredTexts(parseRegex({ source: 'disk', isCaseless: true }))), 'di')
    assert.equal(show(requiredTexts(parseRegex({ source: 'Été', isCaseless: true }))), 't')
  })
})

describe('parseRegex()', () => {
  for (const [source, at, message] of faults) {
    test(`refuses ${source.slice(0, 20)}`, () => {
      assert.throws(
        () => parseRegex({ source, isCaseless: false }),
        (error) =>
          error instanceof RegexSyntaxError && error.at === at && message.test(error.message),
      )
    })
  }
})
