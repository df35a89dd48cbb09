import { findNumberKey } from './filter-numbers.ts'

const operators = ['>', '>=', '<', '<=', '='] as const

/** How a number is compared. */
export type Operator = (typeof operators)[number]

/** One condition of a filter; `isNegated` turns it round. */
export type Term =
  | { readonly kind: 'word'; readonly isNegated: boolean; readonly text: string }
  | {
      readonly kind: 'text'
      readonly isNegated: boolean
      readonly key: string
      readonly text: string
      readonly isExact: boolean
    }
  | {
      readonly kind: 'label'
      readonly isNegated: boolean
      /** Its name as it was typed. */
      readonly label: string
      readonly text: string
      readonly isExact: boolean
    }
  | {
      readonly kind: 'number'
      readonly isNegated: boolean
      readonly key: string
      readonly operator: Operator
      readonly value: number
    }

/** A part of a filter that cannot be read; it is left out, the rest goes on. */
export interface Problem {
  readonly kind: 'badNumber' | 'noComparison' | 'noValue' | 'openQuote' | 'onlyText' | 'lonelyMinus'
  readonly term: string
  readonly key: string
  /** What could stand there instead. */
  readonly example: string
}

/** A filter as it was read: every term has to hold. */
export interface Filter {
  readonly terms: readonly Term[]
  readonly problems: readonly Problem[]
}

interface Token {
  readonly source: string
  readonly isNegated: boolean
  readonly key: string
  readonly value: string
  readonly isQuoted: boolean
}

/** `-`, then `key:` if there is one, then the value: in quotation marks, or up to the next space. Names of labels may have any sign. */
const tokenPattern =
  /(-?)(?:(label\."[^"]+"|label\.[^\s:"]+|[\p{L}_][\p{L}\p{N}_.\-/]*):)?(?:"([^"]*)(")?|(\S*))/iuy
const labelPattern = /^label\."?([^"]+)"?$/i
const comparisonPattern = /^(>=|<=|>|<|=)\s*(.*)$/

/**
 * Reads a filter: words, `key:value`, `key:=value`, `key:>number`, `label.name:value`, each with `-` in front to turn it
 * round, and quotation marks around what has spaces, and around names of labels with colons. Never throws: what cannot be read becomes a problem.
 */
export function parseFilter(text: string): Filter {
  const terms: Term[] = []
  const problems: Problem[] = []
  for (const token of split(text)) {
    const read = readToken(token)
    if ('term' in read) problems.push(read)
    else terms.push(read)
  }
  return { terms, problems }
}

function* split(text: string): Generator<Token | Problem> {
  let at = 0
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at += 1
      continue
    }
    tokenPattern.lastIndex = at
    const match = tokenPattern.exec(text)
    if (match === null || match[0] === '') return
    at = tokenPattern.lastIndex
    const [source, minus = '', key = '', quoted, closing, bare = ''] = match
    if (quoted !== undefined && closing === undefined) yield problem('openQuote', source)
    else {
      const isQuoted = quoted !== undefined
      yield { source, isNegated: minus === '-', key, value: quoted ?? bare, isQuoted }
    }
  }
}

function readToken(token: Token | Problem): Term | Problem {
  if ('term' in token) return token
  const { source, key, value, isNegated, isQuoted } = token
  if (key === '') {
    if (value === '' && !isQuoted) return problem('lonelyMinus', source)
    return { kind: 'word', isNegated, text: value.toLowerCase() }
  }
  const numberKey = findNumberKey(key)
  return numberKey === undefined ? readText(token) : readNumber(token, numberKey)
}

function readText({ source, key, value, isNegated, isQuoted }: Token): Term | Problem {
  if (value === '' || value === '=') return problem('noValue', source, { key })
  if (/^[<>]/.test(value) && !isQuoted) return problem('onlyText', source, { key })
  const isExact = value.startsWith('=') && !isQuoted
  const wanted = (isExact ? value.slice(1) : value).toLowerCase()
  const label = labelPattern.exec(key)?.[1]
  if (label !== undefined) return { kind: 'label', isNegated, label, text: wanted, isExact }
  return { kind: 'text', isNegated, key: key.toLowerCase(), text: wanted, isExact }
}

function readNumber(
  token: Token,
  numberKey: NonNullable<ReturnType<typeof findNumberKey>>,
): Term | Problem {
  const { source, value, isNegated } = token
  const { key, example, isCount } = numberKey
  const [, sign, digits = ''] = comparisonPattern.exec(value) ?? []
  const operator = operators.find((known) => known === sign)
  if (value === '') return problem('noComparison', source, { key, example })
  const number = numberKey.read(operator === undefined ? value : digits)
  if (number === undefined) return problem('badNumber', source, { key, example })
  if (operator === undefined && !isCount) return problem('noComparison', source, { key, example })
  return { kind: 'number', isNegated, key, operator: operator ?? '=', value: number }
}

function problem(
  kind: Problem['kind'],
  term: string,
  { key = '', example = '' }: { readonly key?: string; readonly example?: string } = {},
): Problem {
  return { kind, term, key, example }
}
