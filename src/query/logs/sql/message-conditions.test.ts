import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { SqlParameters } from '../../sql-parameters.ts'
import { parseRegex } from '../regex/parse-regex.ts'
import { requiredTexts, type RequiredTexts } from '../regex/required-texts.ts'
import { wholeTokens } from '../language/text-tokens.ts'
import { regexSql, textSql } from './message-conditions.ts'

/** The statement with its values in place. */
function show(sql: string, { values }: SqlParameters): string {
  return sql.replaceAll(/\{(p\d+):[^}]+\}/g, (_, name: string) => JSON.stringify(values[name]))
}

function regexShown(source: string, isCaseless = false): string {
  const parameters = new SqlParameters()
  return show(regexSql({ source, isCaseless }, parameters), parameters)
}

describe('regexSql()', () => {
  const cases: readonly (readonly [source: string, needed: string])[] = [
    ['timeout', ''],
    ['a timeout b', `hasAllTokens(message, ["timeout"])`],
    [
      '^Failed to (open|close) it$',
      `(hasAllTokens(message, ["failed","to"]) AND hasAllTokens(message, ["it"]))`,
    ],
    [' (open|close) ', ''],
    ['( open | close )', `(hasAllTokens(message, ["open"]) OR hasAllTokens(message, ["close"]))`],
    ['( open |close)', ''],
    ['\\bopen\\b', ''],
    ['user_id=\\d+ done', `hasAllTokens(message, ["id"])`],
    [' naïve ', `hasAllTokens(message, ["naïve"])`],
    [' ;31mred ', ''],
  ]
  for (const [source, needed] of cases) {
    test(`asks the index first for ${source}`, () => {
      const matches = `match(message, ${JSON.stringify(source)})`
      const seen = regexShown(source)
      assert.equal(seen, needed === '' ? matches : `(${needed} AND ${matches})`)
    })
  }

  test('says to the engine that case does not matter', () => {
    assert.equal(regexShown('a|b', true), 'match(message, "(?i)a|b")')
  })

  test('never asks the index for what a match need not have', () => {
    const random = pseudoRandom(11)
    const pick = (from: readonly string[]): string => from[random(from.length)] ?? ''
    const atoms = ['a', 'b', 'ab', ' ', '-', 'S', 'k', '.', '\\s', '\\w', '\\b', '^', '$', '[ab]', '[ -]', 'é', '\\x1b\\[1m', '(a| b )', '( k |-)', '(ab )'] // prettier-ignore
    const repeats = ['', '', '', '', '?', '*', '+', '{2}', '{1,2}']
    const words = ['a', 'b', 'ab', 'aab', 's', 'S', 'k', 'ſ', 'K', 'é', ' ', '-', '\u001B[1m', 'A', 'B'] // prettier-ignore
    let matched = 0
    for (let n = 0; n < 60_000; n++) {
      const source = Array.from({ length: 1 + random(5) }, () => {
        const atom = pick(atoms)
        return /^[\^$]$|^\\b$/.test(atom) ? atom : atom + pick(repeats)
      }).join('')
      const text = Array.from({ length: random(6) }, () => pick(words)).join('')
      const isCaseless = random(2) === 1
      if (!isMatch(source, isCaseless, text)) continue
      matched += 1
      const needed = requiredTexts(parse(source, isCaseless))
      assert.ok(
        needed === undefined || hasAll(needed, text),
        JSON.stringify({ source, isCaseless, text }),
      )
    }
    assert.ok(matched > 5000, `${matched} matched`)
  })
})

describe('textSql()', () => {
  /** First the text is found, then what is around it. */
  const match = (text: string, regex: string): string =>
    `positionCaseInsensitive(message, ${JSON.stringify(text)}) > 0 AND match(message, ${JSON.stringify(regex)})`
  const start = String.raw`(?:^|[\x00-/:-@\[-\x60{-\x7f]|\x1b\[[0-9;]*m)`
  const end = String.raw`(?:[\x00-/:-@\[-\x60{-\x7f]|$)`
  const words = (...texts: readonly string[]): string =>
    `hasAllTokens(message, ${JSON.stringify(texts)})`
  const cases: readonly (readonly [pattern: readonly [string, ...string[]], sql: string])[] = [
    [['Error'], words('error')],
    [['été'], words('été')],
    [['a b'], `(${words('a', 'b')} AND ${match('a b', `(?i)${start}a b${end}`)})`],
    [['a.'], `(${words('a')} AND ${match('a.', String.raw`(?i)${start}a\.`)})`],
    [['->'], `(${match('->', '(?i)->')})`],
    [['conn', ''], `(${match('conn', `(?i)${start}conn\\S*`)})`],
    [['', 'ion'], `(${match('ion', `(?i)\\S*ion${end}`)})`],
    [['a-b', 'c'], `(${words('a')} AND ${match('a-b', `(?i)${start}a-b\\S*c${end}`)})`],
  ]
  for (const [pattern, sql] of cases) {
    test(`of ${pattern.join('*')}`, () => {
      const parameters = new SqlParameters()
      assert.equal(show(textSql(pattern, parameters), parameters), sql)
    })
  }

  test('asks the index for a limited number of words', () => {
    const parameters = new SqlParameters()
    textSql([Array.from({ length: 200 }, (_, n) => `w${n}`).join(' ')], parameters)
    const [tokens] = Object.values(parameters.values)
    assert.equal(Array.isArray(tokens) && tokens.length, 64)
  })
})

function parse(source: string, isCaseless: boolean): ReturnType<typeof parseRegex> {
  return parseRegex({ source, isCaseless })
}

/** As RE2 does: beyond ASCII, case folds too, but `\b`, `\s` and `\w` know ASCII only. */
function isMatch(source: string, isCaseless: boolean, text: string): boolean {
  const ascii = source.replaceAll('\\s', '[\\t\\n\\f\\r ]').replaceAll('\\w', '[0-9A-Za-z_]')
  return new RegExp(ascii, isCaseless ? 'iu' : 'u').test(text)
}

/** Whether the index of a text, which has no colours, has all that is required. */
function hasAll(needed: RequiredTexts, text: string): boolean {
  if (needed.kind !== 'text') {
    return needed.kind === 'all'
      ? needed.parts.every((part) => hasAll(part, text))
      : needed.parts.some((part) => hasAll(part, text))
  }
  // oxlint-disable-next-line no-control-regex -- a colour begins with it
  const plain = text.replaceAll(/\u001B\[[\d;]*m/g, ' ')
  const indexed = new Set(wholeTokens({ text: plain, isStartWhole: true, isEndWhole: true }))
  return wholeTokens(needed).every((token) => indexed.has(token))
}

/** Numbers below a bound that are the same in every run. */
function pseudoRandom(seed: number): (bound: number) => number {
  let state = seed
  return (bound) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % bound
  }
}
