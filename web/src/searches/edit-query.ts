import { readQueryTerms, type QueryTerm } from './query-terms.ts'

/** Whether a query asks for lines whose field has a value, or for those where it has not. */
export type ValueChoice = 'included' | 'excluded'

/** What a query says of a value of a field; `undefined` when nothing. */
export function choiceOf(query: string, key: string, value: string): ValueChoice | undefined {
  const term = readQueryTerms(query).terms.find((candidate) => names(candidate, key, value))
  if (term === undefined) return undefined
  return term.isNegated ? 'excluded' : 'included'
}

/**
 * The query after a click: it includes or excludes the value, or says nothing of it any more when it did so before. Values
 * of one field that are included become alternatives.
 */
export function toggleValue(
  query: string,
  {
    key,
    value,
    choice,
  }: { readonly key: string; readonly value: string; readonly choice: ValueChoice },
): string {
  const before = choiceOf(query, key, value)
  const without = before === undefined ? query.trim() : withoutValue(query, key, value)
  if (before === choice) return without
  if (choice === 'excluded') return withTerm(without, `-${key}:${quoteValue(value)}`)
  const { terms } = readQueryTerms(without)
  const others = terms.find((term) => term.key === key && !term.isNegated && term.values)
  if (others?.values === undefined) return withTerm(without, `${key}:${quoteValue(value)}`)
  return replaceTerm(without, others, writeTerm(key, [...others.values, value]))
}

/** A value as it is written after the colon of a field. */
function quoteValue(value: string): string {
  const isPlain = /^[\p{L}\p{N}][\p{L}\p{N}_.:@/-]*$/u.test(value)
  if (isPlain && !/^(?:AND|OR|NOT|TO)$/.test(value)) return value
  return `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}

/** The name of an attribute as it is written before the colon. */
export function attributeKey(name: string): string {
  return `@${name.replaceAll(/[^\p{L}\p{N}_.$@/-]/gu, String.raw`\$&`)}`
}

/** A query about fewer lines: those that answer both. */
export function narrowQuery(scope: string, query: string): string {
  if (scope === '' || query.trim() === '') return scope || query.trim()
  return `${scope} (${query})`
}

/** The query that finds what is of one host; empty for all. */
export function hostQuery(host: string): string {
  return host === '' ? '' : `host:${quoteValue(host)}`
}

/** The query that finds what is of one container: by its id, else by its name. */
export function containerQuery(container: { readonly id: string; readonly name: string }): string {
  if (container.id !== '') return `container_id:${container.id}`
  return `container:${quoteValue(container.name)}`
}

/** How many characters stand before the query in what {@link narrowQuery} makes of it. */
export function narrowedBy(scope: string): number {
  return scope === '' ? 0 : scope.length + 2
}

function names(term: QueryTerm, key: string, value: string): boolean {
  return term.key === key && term.values?.includes(value) === true
}

function withoutValue(query: string, key: string, value: string): string {
  const term = readQueryTerms(query).terms.find((candidate) => names(candidate, key, value))
  if (term?.values === undefined) return query
  const rest = term.values.filter((other) => other !== value)
  const minus = term.isNegated ? '-' : ''
  return replaceTerm(query, term, rest.length === 0 ? '' : minus + writeTerm(key, rest))
}

function replaceTerm(query: string, { start, end }: QueryTerm, text: string): string {
  const parts = [query.slice(0, start).trim(), text, query.slice(end).trim()]
  return parts.filter((part) => part !== '').join(' ')
}

function withTerm(query: string, term: string): string {
  if (query === '') return term
  return readQueryTerms(query).hasAlternatives ? `(${query}) ${term}` : `${query} ${term}`
}

function writeTerm(key: string, values: readonly string[]): string {
  const [only = ''] = values
  if (values.length === 1) return `${key}:${quoteValue(only)}`
  return `${key}:(${values.map(quoteValue).join(' OR ')})`
}
