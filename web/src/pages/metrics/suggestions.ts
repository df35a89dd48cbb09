import type { MetricTagsAnswer } from '../../../../src/api/contract/metrics.ts'

/** Something that may be put in place of the last word of a draft. */
export interface Suggestion {
  readonly text: string
  /** What is said of it, beside it. */
  readonly about: string
  /** Whether it only begins something: `service:`. */
  readonly isBeginning: boolean
}

type TagKeys = MetricTagsAnswer['keys']

const mostShown = 50
const scopeWord = /[^\s,()!-][^\s,()]*$/
const keyWord = /[^\s,]+$/

/** How the last word of a scope may go on: the keys of tags, or the values of the key that is written. */
export function suggestScope(draft: string, keys: TagKeys): readonly Suggestion[] {
  const word = lastWord(draft, scopeWord)
  const colon = word.indexOf(':')
  if (colon < 0) {
    return keys
      .filter(({ key }) => holds(key, word))
      .map(({ key, count }) => ({ text: `${key}:`, about: String(count), isBeginning: true }))
  }
  const key = word.slice(0, colon)
  const begun = word.slice(colon + 1)
  const values = keys.find((known) => known.key === key)?.values ?? []
  return values
    .filter((value) => holds(value, begun) && value !== begun)
    .slice(0, mostShown)
    .map((value) => ({ text: `${key}:${value}`, about: '', isBeginning: false }))
}

/** Keys of tags that begin or go on with the last word of a list, but for those in it already. */
export function suggestKeys(draft: string, keys: TagKeys): readonly Suggestion[] {
  const word = lastWord(draft, keyWord)
  const taken = new Set(readKeys(draft.slice(0, draft.length - word.length)))
  return keys
    .filter(({ key }) => holds(key, word) && key !== word && !taken.has(key))
    .map(({ key, count }) => ({ text: key, about: String(count), isBeginning: false }))
}

/** A scope with its last word replaced. */
export function completeScope(draft: string, { text }: Suggestion): string {
  return draft.slice(0, draft.length - lastWord(draft, scopeWord).length) + text
}

/** A list of keys with its last word replaced. */
export function completeKeys(draft: string, { text }: Suggestion): string {
  const before = readKeys(draft.slice(0, draft.length - lastWord(draft, keyWord).length))
  return [...before, text].join(', ')
}

/** The keys of a list that commas or blanks separate. */
export function readKeys(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((key) => key !== '')
}

function lastWord(draft: string, pattern: RegExp): string {
  return pattern.exec(draft)?.[0] ?? ''
}

function holds(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase())
}
