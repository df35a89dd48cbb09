import { describe, expect, test } from 'vitest'

import { extendMessages, pickLanguage, say, sayCount, type MessageKey } from './message.ts'

type Table = Readonly<Record<string, string>>

/** All tables, also those that nobody uses yet: `./en-logs.ts`. */
const modules = import.meta.glob<Readonly<Record<string, Table>>>('./{en,fr}{,-*}.ts', {
  eager: true,
})

describe('the message tables', () => {
  const english = tablesIn('en')
  const french = tablesIn('fr')

  test('are in both languages', () => {
    expect(english.size).toBeGreaterThan(1)
    expect([...french.keys()]).toEqual([...english.keys()])
  })

  test('tell no sentence twice', () => {
    const keys = [...english.values()].flatMap((table) => Object.keys(table))
    expect(keys).toEqual([...new Set(keys)])
  })

  describe.each([...english.keys()])('of %s', (part) => {
    const englishTexts = english.get(part) ?? {}
    const frenchTexts = french.get(part) ?? {}
    const keys = Object.keys(englishTexts)

    test('have the same keys', () => {
      expect(keys.length).toBeGreaterThan(0)
      expect(Object.keys(frenchTexts)).toEqual(keys)
    })

    test.each(keys)('%s names the same values in both and is empty in neither', (key) => {
      expect(namesIn(frenchTexts[key])).toEqual(namesIn(englishTexts[key]))
      expect(frenchTexts[key]?.trim()).toBeTruthy()
      expect(englishTexts[key]?.trim()).toBeTruthy()
    })

    test('have a form for several wherever they have one for one', () => {
      const stems = keys.filter((key) => key.endsWith('.one')).map((key) => key.slice(0, -4))
      for (const stem of stems) expect(keys).toContain(`${stem}.other`)
    })

    test('leave no sentence of any length untranslated', () => {
      const same = keys.filter((key) => englishTexts[key] === frenchTexts[key])
      for (const key of same) expect(wordsOf(englishTexts[key])).toBeLessThan(4)
    })
  })
})

/** The tables of a language by what they are about; `''` are those that load first. */
function tablesIn(language: string): ReadonlyMap<string, Table> {
  const start = `./${language}`
  return new Map(
    Object.entries(modules)
      .filter(([path]) => path.startsWith(start))
      .map(([path, module]) => [
        path.slice(start.length, -3),
        Object.assign({}, ...Object.values(module)),
      ]),
  )
}

/** Without the values that stand in it. */
function wordsOf(text = ''): number {
  return text.replaceAll(/\{\w+\}/g, '').match(/\p{L}+/gu)?.length ?? 0
}

function namesIn(text = ''): string[] {
  return (text.match(/\{\w+\}/g) ?? []).toSorted()
}

describe('pickLanguage()', () => {
  test.each([
    ['', ['fr-CA', 'en'], 'fr'],
    ['', ['de', 'fr'], 'fr'],
    ['', ['de'], 'en'],
    ['?lang=fr', ['en-GB'], 'fr'],
    ['?lang=xx', ['fr'], 'fr'],
    ['?q=a&lang=en', ['fr'], 'en'],
  ])('%s with %j is %s', (search, preferred, expected) => {
    expect(pickLanguage(search, preferred)).toBe(expected)
  })
})

describe('say()', () => {
  test('puts values in the place of their names', () => {
    expect(say('table.of', { limit: '256 MiB' })).toBe('of 256 MiB')
  })

  test('leaves a name without a value as it is, so that it is seen', () => {
    const key: MessageKey = 'table.of'
    expect(say(key)).toBe('of {limit}')
  })
})

describe('sayCount()', () => {
  test('has one form for one and one for several', () => {
    expect(sayCount('table.shown', 1)).toBe('1 container')
    expect(sayCount('table.shown', 0)).toBe('0 containers')
    expect(sayCount('table.shown', 1200)).toBe('1,200 containers')
  })
})

describe('extendMessages()', () => {
  const page = extendMessages({
    en: {
      'x.title': 'Title of {name}',
      'x.rows.one': '{count} row',
      'x.rows.other': '{count} rows',
    },
    fr: { 'x.title': 'Titre', 'x.rows.one': '', 'x.rows.other': '' },
  })

  test('says the sentences of the page', () => {
    expect(page.say('x.title', { name: 'a' })).toBe('Title of a')
    expect(page.sayCount('x.rows', 2)).toBe('2 rows')
  })

  test('says those of every page too', () => {
    expect(page.say('table.of', { limit: '1' })).toBe('of 1')
  })
})
