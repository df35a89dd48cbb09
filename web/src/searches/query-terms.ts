/** A part of a query between blanks, as far as a page has to understand it to edit it. */
export interface QueryTerm {
  readonly start: number
  readonly end: number
  readonly isNegated: boolean
  /** As written, without its colon. */
  readonly key: string | undefined
  /** The texts that the field may be, of `key:text` and `key:(text OR text)`; absent for anything else. */
  readonly values: readonly string[] | undefined
}

/** What keeps a query from being read, found before the server is asked. */
export interface QueryProblem {
  readonly kind: 'openQuote' | 'openBracket' | 'strayBracket' | 'noValue' | 'noTerm'
  /** Where it stops making sense. */
  readonly at: number
  /** Of `noTerm`, the sign or word that nothing follows. */
  readonly key: string
}

/** A query in its parts. */
export interface QueryTerms {
  readonly terms: readonly QueryTerm[]
  /** Whether one of several alternatives is enough: a part added at the end would only belong to the last. */
  readonly hasAlternatives: boolean
  readonly problem: QueryProblem | undefined
}

const keyPattern = /@?(?:(?<=@)[\p{N}-]|[\p{L}_$]|\\[^])(?:[\p{L}\p{N}_.$@/-]|\\[^])*:(?!\/\/|:)/uy
const regexPattern = /\/(?:[^/\\]|\\[^])+\/i?(?=[\s()]|$)/y
const quotedPattern = /"(?:[^"\\]|\\[^])*"/y
const rangePattern = /[[{][^\]}]*[\]}]/y
const wordPattern = /(?:[^\s()\\]|\\[^])+/y
const keywords: ReadonlySet<string> = new Set(['AND', 'OR', 'NOT'])
const keywordPattern = /(?:AND|OR|NOT)(?=[\s()]|$)/y
/** Signs that mean something else than themselves at the start of a field's value, or anywhere in it. */
const specialValue = /^[<>[{/"-]|[*\\]/

/**
 * Takes a query apart. It understands the outline of the language, no more: whether a term makes sense is the server's to say.
 */
export function readQueryTerms(text: string): QueryTerms {
  const terms: QueryTerm[] = []
  let hasAlternatives = false
  let negatedAt: number | undefined
  let last = ''
  for (let at = skipBlanks(text, 0); at < text.length; at = skipBlanks(text, at)) {
    const keyword = match(keywordPattern, text, at)
    if (keyword !== undefined) {
      if (keyword === 'OR') hasAlternatives = true
      negatedAt = keyword === 'NOT' ? at : undefined
      last = keyword
      at += keyword.length
      continue
    }
    const term = readTerm(text, at, negatedAt)
    if ('kind' in term) return { terms, hasAlternatives, problem: term }
    terms.push(term)
    negatedAt = undefined
    last = text.slice(term.start, term.end)
    at = term.end
  }
  // Whoever begins to leave something out has not finished: asked for, the sign alone would find next to nothing.
  const isBegun = last === '-' || keywords.has(last)
  const problem = isBegun ? ({ kind: 'noTerm', at: text.length, key: last } as const) : undefined
  return { terms, hasAlternatives, problem }
}

function skipBlanks(text: string, from: number): number {
  let at = from
  while (/\s/.test(text.charAt(at))) at += 1
  return at
}

/** Reads the term at `at`, which a `NOT` may stand before. */
function readTerm(
  text: string,
  at: number,
  negatedAt: number | undefined,
): QueryTerm | QueryProblem {
  const isMinus = /^-[^-\s]/.test(text.slice(at, at + 2))
  const keyAt = isMinus ? at + 1 : at
  const written = match(keyPattern, text, keyAt)
  const key = written?.slice(0, -1)
  const valueAt = keyAt + (written?.length ?? 0)
  const end = endOfValue(text, valueAt)
  if (typeof end !== 'number') return { ...end, key: key ?? '' }
  if (end === valueAt) return { kind: 'noValue', at: end, key: key ?? '' }
  const values = key === undefined ? undefined : readValues(text.slice(valueAt, end))
  const isNegated = isMinus !== (negatedAt !== undefined)
  return { start: negatedAt ?? at, end, isNegated, key, values }
}

/** Where a word, a phrase, a range, a regular expression or a bracket ends that begins at `at`. */
function endOfValue(text: string, at: number): number | Pick<QueryProblem, 'kind' | 'at'> {
  switch (text.charAt(at)) {
    case '"': {
      const quoted = match(quotedPattern, text, at)
      return quoted === undefined ? { kind: 'openQuote', at } : at + quoted.length
    }
    case '(':
      return endOfBracket(text, at)
    case ')':
      return { kind: 'strayBracket', at }
    default: {
      const whole = match(regexPattern, text, at) ?? match(rangePattern, text, at)
      return at + (whole ?? match(wordPattern, text, at) ?? '').length
    }
  }
}

function endOfBracket(text: string, at: number): number | Pick<QueryProblem, 'kind' | 'at'> {
  let end = at + 1
  for (;;) {
    end = skipBlanks(text, end)
    if (end >= text.length) return { kind: 'openBracket', at }
    if (text.charAt(end) === ')') return end + 1
    const next = endOfValue(text, end)
    if (typeof next !== 'number') return next
    end = next
  }
}

function readValues(text: string): readonly string[] | undefined {
  if (!text.startsWith('(')) return readText(text)
  const texts: string[] = []
  for (let at = 1; at < text.length - 1;) {
    const end = endOfValue(text, at)
    if (typeof end !== 'number') return undefined
    const one = readText(text.slice(at, end))
    if (one === undefined) return undefined
    texts.push(...one)
    const or = match(/\s+OR\s+|\s*\)$/y, text, end)
    if (or === undefined) return undefined
    at = end + or.length
  }
  return texts
}

function readText(text: string): readonly string[] | undefined {
  if (text.startsWith('"')) return [text.slice(1, -1).replaceAll(/\\(["\\])/g, '$1')]
  return specialValue.test(text) ? undefined : [text]
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}
