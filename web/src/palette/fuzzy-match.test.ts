import { describe, expect, test } from 'vitest'

import { matchWords, prepareText, readWords } from './fuzzy-match.ts'

function scoreOf(typed: string, text: string): number | undefined {
  return matchWords(readWords(typed), prepareText(text))?.score
}

/** The text with what answers in brackets. */
function marked(typed: string, text: string): string | undefined {
  const match = matchWords(readWords(typed), prepareText(text))
  if (match === undefined) return undefined
  let result = text
  for (const [from, to] of match.ranges.toReversed()) {
    result = `${result.slice(0, from)}[${result.slice(from, to)}]${result.slice(to)}`
  }
  return result
}

describe('matchWords()', () => {
  test.each([
    ['web', ['web', 'web-1', 'shop-web', 'cobweb', 'worker-ebay']],
    ['sh', ['sh', 'shop', 'my-shop', 'cash', 'search-hub']],
    ['shw', ['shw', 'shop-web', 'shadow']],
    ['post', ['postgres', 'a-postgres-long-name', 'compost']],
    ['shop web', ['shop-web', 'web-of-the-shop', 'myshop-web']],
  ])('for %j ranks %j in this order', (typed, texts) => {
    const ranked = texts.toSorted(
      (left, right) => (scoreOf(typed, right) ?? -1e6) - (scoreOf(typed, left) ?? -1e6),
    )
    expect(ranked).toEqual(texts)
    for (const text of texts) expect(scoreOf(typed, text)).toBeDefined()
  })

  test.each([
    ['web', 'shop-web-1', 'shop-[web]-1'],
    ['shw', 'shop-web', '[sh]op-[w]eb'],
    ['web shop', 'shop-web', '[shop]-[web]'],
    ['WEB', 'Web', '[Web]'],
    ['evenement', 'Événements', '[Événement]s'],
    ['a-c', 'a-b-a-c', 'a-b-[a-c]'],
    ['', 'anything', 'anything'],
  ])('%j marks what answers in %j', (typed, text, expected) => {
    expect(marked(typed, text)).toBe(expected)
  })

  test.each([
    ['xyz', 'shop-web'],
    ['bw', 'shop-web'],
    ['web db', 'shop-web'],
    ['hop-', 'shop'],
  ])('%j is not answered by %j', (typed, text) => {
    expect(marked(typed, text)).toBeUndefined()
  })
})
