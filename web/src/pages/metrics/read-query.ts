import {
  mostQueries,
  queryName,
  type AppliedFunction,
  type PickedQuery,
  type QueryModel,
} from './query-model.ts'
import { writeQuery } from './write-query.ts'

const namePattern = /[A-Za-z_][\w.]*/y
const numberPattern = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y
const operatorPattern = /[-+*/]/y
const methodPattern = /\.([a-z_]+)\(([^()]*)\)/y
const scopePattern = /\{([^{}]*)\}/y
const groupPattern = /\s+by\s*\{([^{}]*)\}/iy
const textPattern = /'[^']*'|"[^"]*"|[^()'"]/y

interface Found {
  readonly start: number
  readonly end: number
  readonly query: PickedQuery
}

/** A part of a text: the queries in it, and whether it is nothing but one of them. */
interface Part {
  readonly end: number
  readonly found: readonly Found[]
  readonly isOne: boolean
}

/**
 * Takes a text apart into queries and formulas over them, as far as pickers can show it; `undefined` where they cannot. What
 * is wrong in a text is the server's to say.
 */
export function readModel(text: string): QueryModel | undefined {
  const queries: PickedQuery[] = []
  const places = new Map<string, number>()
  const formulas: string[] = []
  let at = 0
  for (;;) {
    const part = readExpression(text, at)
    if (part === undefined || part.found.length === 0) return undefined
    let formula = ''
    let from = skipBlanks(text, at)
    for (const { start, end, query } of part.found) {
      const written = writeQuery(query)
      const place = places.get(written) ?? queries.push(query) - 1
      places.set(written, place)
      formula += text.slice(from, start) + queryName(place)
      from = end
    }
    formulas.push((formula + text.slice(from, part.end)).trim())
    at = skipBlanks(text, part.end)
    if (at === text.length) break
    if (text.charAt(at) !== ',') return undefined
    at += 1
  }
  return queries.length > mostQueries ? undefined : { queries, formulas }
}

function readExpression(text: string, from: number): Part | undefined {
  const first = readOperand(text, from)
  if (first === undefined) return undefined
  let { end, isOne } = first
  const found = [...first.found]
  for (;;) {
    const operator = match(operatorPattern, text, skipBlanks(text, end))
    if (operator === undefined) return { end, found, isOne }
    const next = readOperand(text, operator.end)
    if (next === undefined) return undefined
    found.push(...next.found)
    end = next.end
    isOne = false
  }
}

function readOperand(text: string, from: number): Part | undefined {
  const at = skipBlanks(text, from)
  const sign = text.charAt(at)
  if (sign === '-') {
    const negated = readOperand(text, at + 1)
    return negated && { ...negated, isOne: false }
  }
  if (sign === '(') {
    const inner = readExpression(text, at + 1)
    const end = inner && skipBlanks(text, inner.end)
    if (inner === undefined || end === undefined || text.charAt(end) !== ')') return undefined
    return { end: end + 1, found: inner.found, isOne: false }
  }
  const number = match(numberPattern, text, at)
  if (number !== undefined) return { end: number.end, found: [], isOne: false }
  const name = match(namePattern, text, at)
  if (name === undefined) return undefined
  const isCall = text.charAt(skipBlanks(text, name.end)) === '('
  return isCall ? readCall(text, at, name) : readQuery(text, at, name)
}

/** `name(expression, options)`; a function around nothing but one query becomes part of it. */
function readCall(text: string, start: number, name: Match): Part | undefined {
  const inner = readExpression(text, skipBlanks(text, name.end) + 1)
  if (inner === undefined) return undefined
  const at = skipBlanks(text, inner.end)
  const optionsEnd = text.charAt(at) === ',' ? endOfOptions(text, at + 1) : at
  if (optionsEnd === undefined || text.charAt(optionsEnd) !== ')') return undefined
  const end = optionsEnd + 1
  const [one] = inner.found
  if (!inner.isOne || one === undefined) return { end, found: inner.found, isOne: false }
  const options = text.slice(at + 1, optionsEnd).trim()
  const functions = [...one.query.functions, { name: name.text, options }]
  return { end, found: [{ start, end, query: { ...one.query, functions } }], isOne: true }
}

function readQuery(text: string, start: number, name: Match): Part | undefined {
  const metric =
    text.charAt(name.end) === ':' ? match(namePattern, text, skipBlanks(text, name.end + 1)) : name
  if (metric === undefined) return undefined
  const scope = match(scopePattern, text, skipBlanks(text, metric.end))
  if (scope === undefined) return undefined
  const group = match(groupPattern, text, scope.end)
  const { methods, end } = readMethods(text, group?.end ?? scope.end)
  const keys = group?.group.split(',').map((key) => key.trim()) ?? []
  const query: PickedQuery = {
    // A query without one is averaged.
    aggregator: metric === name ? 'avg' : name.text,
    metric: metric.text,
    scope: scope.group.trim(),
    groupBy: keys.filter((key) => key !== ''),
    methods,
    functions: [],
  }
  return { end, found: [{ start, end, query }], isOne: true }
}

function readMethods(
  text: string,
  from: number,
): { readonly methods: readonly AppliedFunction[]; readonly end: number } {
  const methods: AppliedFunction[] = []
  let end = from
  for (;;) {
    methodPattern.lastIndex = end
    const found = methodPattern.exec(text)
    if (found === null) return { methods, end }
    const [whole, name = '', options = ''] = found
    methods.push({ name, options: options.trim() })
    end += whole.length
  }
}

/** Where the bracket closes that was opened before `from`. */
function endOfOptions(text: string, from: number): number | undefined {
  let at = from
  while (at < text.length && text.charAt(at) !== ')') {
    const piece = match(textPattern, text, at)
    if (piece === undefined) return undefined
    at = piece.end
  }
  return at < text.length ? at : undefined
}

interface Match {
  readonly text: string
  /** What the pattern's first pair of brackets found. */
  readonly group: string
  readonly end: number
}

function match(pattern: RegExp, text: string, at: number): Match | undefined {
  pattern.lastIndex = at
  const found = pattern.exec(text)
  if (found === null) return undefined
  return { text: found[0], group: found[1] ?? '', end: at + found[0].length }
}

function skipBlanks(text: string, from: number): number {
  let at = from
  while (/\s/.test(text.charAt(at))) at += 1
  return at
}
