import { everything, isEverything, type Choice } from './choices.ts'

/** How several values of one tag are written in a language. */
interface Notation {
  readonly several: (key: string, values: readonly string[]) => string
  /** Several values where there is no key. */
  readonly anyOf: (values: readonly string[]) => string
  readonly one: (value: string) => string
}

const metricNotation: Notation = {
  several: (key, values) => `${key} IN (${values.join(',')})`,
  anyOf: (values) => `(${values.join(' OR ')})`,
  one: (value) => value,
}
const searchNotation: Notation = {
  several: (key, values) => `${key}:(${values.map(quoted).join(' OR ')})`,
  anyOf: (values) => `(${values.map(quoted).join(' OR ')})`,
  one: quoted,
}

/**
 * A query of metrics with its template variables replaced: `$host` by `host:web1` (`host IN (web1,web2)`, `*` for every
 * value), `$host.value` by `web1`. A `$name` that is no variable of the dashboard stays.
 * @see https://docs.datadoghq.com/dashboards/template_variables/
 */
export function substituteMetrics(text: string, choices: readonly Choice[]): string {
  return substitute(text, choices, metricNotation)
}

/** The same for a search of logs or events, where several values are `host:(web1 OR web2)`. */
export function substituteSearch(text: string, choices: readonly Choice[]): string {
  return substitute(text, choices, searchNotation)
}

function substitute(text: string, choices: readonly Choice[], notation: Notation): string {
  const byName = new Map(choices.map((choice) => [choice.variable.name, choice]))
  if (byName.size === 0) return text
  return text.replaceAll(referenceTo([...byName.keys()]), (...match) => {
    const [whole, key, name, value]: readonly (string | undefined)[] = match
    const choice = byName.get(name ?? '')
    if (choice === undefined) return whole ?? ''
    if (value !== undefined) return valueOf(choice, key, notation)
    return (key === undefined ? '' : `${key}:`) + tagOf(choice, notation)
  })
}

/** A key with its colon where one stands before, one of the names, the longest that fits, and `.value`. */
function referenceTo(names: readonly string[]): RegExp {
  const longestFirst = names.toSorted((a, b) => b.length - a.length)
  const anyName = longestFirst.map((name) => name.replaceAll('.', String.raw`\.`)).join('|')
  return new RegExp(String.raw`(?:([\w.@/-]+):)?\$(${anyName})(?![\p{L}\p{N}_-])(\.value\b)?`, 'gu')
}

function tagOf(choice: Choice, notation: Notation): string {
  if (isEverything(choice)) return everything
  const { tag } = choice.variable
  const { values } = choice
  const [first = everything] = values
  if (tag === '') return values.length === 1 ? first : `(${values.join(' OR ')})`
  return values.length === 1 ? `${tag}:${notation.one(first)}` : notation.several(tag, values)
}

function valueOf(choice: Choice, key: string | undefined, notation: Notation): string {
  const values = isEverything(choice) ? [everything] : choice.values
  const [first = everything] = values
  if (values.length > 1) {
    return key === undefined ? notation.anyOf(values) : notation.several(key, values)
  }
  const value = first === everything ? everything : notation.one(first)
  return key === undefined ? value : `${key}:${value}`
}

/** In quotes, unless it is a plain word. */
function quoted(value: string): string {
  if (/^[\p{L}\p{N}_.*/-]+$/u.test(value)) return value
  return `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}
