import { en } from './en.ts'
import { fr } from './fr.ts'

/** The name of one sentence in the message tables. */
export type MessageKey = keyof typeof en

/** The stem of a sentence that has a form for one (`<stem>.one`) and for several (`<stem>.other`). */
export type CountKey = MessageKey extends infer Key
  ? Key extends `${infer Stem}.one`
    ? Stem
    : never
  : never

/** A language that all sentences exist in. */
export type Language = 'en' | 'fr'

/** What stands in for the `{names}` of a sentence. */
export type MessageValues = Readonly<Record<string, string | number>>

const tables: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = { en, fr }

/** The language of the page: `?lang=` if we speak it, else the first of the browser's that we speak, else English. */
export function pickLanguage(search: string, preferred: readonly string[]): Language {
  const wanted = [new URLSearchParams(search).get('lang') ?? '', ...preferred]
  for (const tag of wanted) {
    const [base = ''] = tag.toLowerCase().split('-')
    if (isLanguage(base)) return base
  }
  return 'en'
}

/** The language this page was opened in. */
export const language: Language = pickLanguage(location.search, navigator.languages)

/** How numbers and times are written: the reader's own way of that language (`en-GB`), else the language's. */
export const locale: string =
  navigator.languages.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language

const plurals = new Intl.PluralRules(language)
const wholeNumber = new Intl.NumberFormat(locale)

/** The sentence in the page's language, `{name}` replaced by the value of that name. */
export function say(key: MessageKey, values: MessageValues = {}): string {
  return fill(tables[language][key], values)
}

/** The sentence for so many; `{count}` is the number, written the language's way. */
export function sayCount(stem: CountKey, count: number, values: MessageValues = {}): string {
  const form = plurals.select(count) === 'one' ? 'one' : 'other'
  return say(`${stem}.${form}`, { count: wholeNumber.format(count), ...values })
}

function fill(sentence: string, values: MessageValues): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

function isLanguage(text: string): text is Language {
  return text in tables
}
