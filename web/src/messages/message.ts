import { en } from './en.ts'
import { setSpaces } from './set-spaces.ts'

/** The name of one sentence that every page may say. */
export type MessageKey = keyof typeof en

/** The stem of a sentence that has a form for one (`<stem>.one`) and for several (`<stem>.other`). */
export type CountKey<Key extends string> = Key extends `${infer Stem}.one` ? Stem : never

/** A language that all sentences exist in. */
export type Language = 'en' | 'fr'

/** What stands in for the `{names}` of a sentence. */
export type MessageValues = Readonly<Record<string, string | number>>

/** Sentences in every language, by their names. */
export type MessageTables<Key extends string> = Readonly<
  Record<Language, Readonly<Record<Key, string>>>
>

/** Says sentences in the language of the page. */
export interface Speaker<Key extends string> {
  /** The sentence, `{name}` replaced by the value of that name. */
  readonly say: (key: Key, values?: MessageValues) => string
  /** The sentence for so many; `{count}` is the number, written the language's way. */
  readonly sayCount: (stem: CountKey<Key>, count: number, values?: MessageValues) => string
}

const languages: readonly Language[] = ['en', 'fr']

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

// English comes with the program. Another language is there before anything is drawn: all that imports this waits for it.
const sentences: Readonly<Record<string, string>> =
  language === 'fr' ? setSpaces((await import('./fr.ts')).fr) : en

/** Says what every page may say; a page with sentences of its own says them with {@link extendMessages}. */
export const { say, sayCount }: Speaker<MessageKey> = speak(sentences)

/** Says these sentences too: those of a page that loads when it is opened, and they with it. */
export function extendMessages<Key extends string>(
  more: MessageTables<Key>,
): Speaker<MessageKey | Key> {
  const own = more[language]
  return speak({ ...sentences, ...(language === 'fr' ? setSpaces(own) : own) })
}

/** The types of `say` and `sayCount` let no names in that the table has not. */
function speak<Key extends string>(table: Readonly<Record<string, string>>): Speaker<Key> {
  const sentence = (key: string, values: MessageValues = {}): string =>
    fill(table[key] ?? key, values)
  return {
    say: sentence,
    sayCount: (stem, count, values) => {
      const form = plurals.select(count) === 'one' ? 'one' : 'other'
      return sentence(`${stem}.${form}`, { count: wholeNumber.format(count), ...values })
    },
  }
}

function fill(sentence: string, values: MessageValues): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

function isLanguage(text: string): text is Language {
  return languages.some((known) => known === text)
}
