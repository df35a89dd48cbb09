import { describe, expect, test } from 'vitest'

import { en } from './en.ts'
import { fr } from './fr.ts'
import { pickLanguage, say, sayCount, type MessageKey } from './message.ts'

const keys = Object.keys(en)
const englishTexts: Readonly<Record<string, string>> = en
const frenchTexts: Readonly<Record<string, string>> = fr

describe('the message tables', () => {
  test('have the same keys in both languages', () => {
    expect(Object.keys(fr)).toEqual(keys)
  })

  test.each(keys)('%s names the same values in both and is empty in neither', (key) => {
    expect(namesIn(frenchTexts[key])).toEqual(namesIn(englishTexts[key]))
    expect(frenchTexts[key]?.trim()).toBeTruthy()
    expect(englishTexts[key]?.trim()).toBeTruthy()
  })

  test('have a form for several wherever they have one for one', () => {
    const stems = keys.filter((key) => key.endsWith('.one')).map((key) => key.slice(0, -4))
    expect(stems.length).toBeGreaterThan(0)
    for (const stem of stems) expect(keys).toContain(`${stem}.other`)
  })

  test('leave no sentence of any length untranslated', () => {
    const same = keys.filter((key) => englishTexts[key] === frenchTexts[key])
    for (const key of same) expect(englishTexts[key]?.split(' ').length).toBeLessThan(4)
  })
})

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
