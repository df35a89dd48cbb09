import type { WidgetExpression } from '../api/contract/dashboards.ts'
import type { Expression } from '../query/metric-language/expression.ts'
import { readExpressions, type ReadExpression } from './check-texts.ts'
import { isObject, nameIn, objectsIn, textIn, type JsonObject } from './json-fields.ts'
import type { Reading } from './reading.ts'
import { substituteFormula } from './substitute-formula.ts'

/** An expression that a widget shows, with what the file says beside it. */
export interface Term extends WidgetExpression {
  readonly parsed: Expression
  readonly request: JsonObject
  /** Empty in the older form, which has none. */
  readonly formula: JsonObject
}

/** More than anybody can tell apart. */
const maxTerms = 100
const reductions = ['avg', 'min', 'max', 'sum', 'last', 'percentile', 'area', 'l2norm'] as const

/** What a request is asked besides metrics, in the older form. */
const otherSources =
  /^(apm|apm_stats|audit|event|log|network|process|profile_metrics|rum|security)_query$/

/**
 * The expressions of a widget's requests, in the older form (`q`) and in that of formulas and queries. What cannot be
 * asked is left out.
 */
export function readTerms(definition: JsonObject, reading: Reading): readonly Term[] {
  const requests = listRequests(definition)
  if (requests.length === 0) reading.leaveOut('it has no requests')
  const terms: Term[] = []
  for (const request of requests) {
    terms.push(...readRequest(request, reading))
    if (terms.length <= maxTerms) continue
    reading.leaveOut(`it has more than ${maxTerms} expressions; the first ${maxTerms} are shown`)
    return terms.slice(0, maxTerms)
  }
  return terms
}

/** A list, one request, or requests by what they are for, such as `fill`. */
export function listRequests({ requests }: JsonObject): readonly JsonObject[] {
  if (Array.isArray(requests)) return requests.filter(isObject)
  if (!isObject(requests)) return []
  const isOne = 'q' in requests || 'queries' in requests
  return isOne ? [requests] : Object.values(requests).filter(isObject)
}

function readRequest(request: JsonObject, reading: Reading): readonly Term[] {
  if (typeof request['q'] === 'string') return readPlain(request, request['q'], reading)
  const queries = isObject(request['query']) ? [request['query']] : objectsIn(request, 'queries')
  if (queries.length > 0) return readFormulas(request, queries, reading)
  const other = Object.keys(request).find((key) => otherSources.test(key))
  reading.leaveOut(
    other === undefined
      ? 'a request of it has neither "q" nor "queries"'
      : `a request of it is a ${other}; only metrics can be asked`,
  )
  return []
}

function readPlain(request: JsonObject, q: string, reading: Reading): readonly Term[] {
  const aliases = new Map(
    objectsIn(request, 'metadata').map((entry) => [
      textIn(entry, 'expression').trim(),
      textIn(entry, 'alias_name'),
    ]),
  )
  const reduce = nameIn(request, 'aggregator', reductions) ?? 'avg'
  return readExpressions(q, reading).map(({ text, parsed }) => {
    const alias = aliases.get(text) ?? textIn(request, 'alias')
    return { text, parsed, alias, reduce, request, formula: {} }
  })
}

function readFormulas(
  request: JsonObject,
  queries: readonly JsonObject[],
  reading: Reading,
): readonly Term[] {
  const other = queries.find((query) => query['data_source'] !== 'metrics')
  if (other !== undefined) {
    const source = textIn(other, 'data_source') || 'unknown'
    reading.leaveOut(`a query of it asks the data source ${source}; only metrics can be asked`)
    return []
  }
  const named = new Map(queries.map((query) => [textIn(query, 'name'), query]))
  const formulas = objectsIn(request, 'formulas')
  if (formulas.length === 0) {
    return queries.flatMap((query) =>
      readExpressions(textIn(query, 'query'), reading).map((read) => ({
        ...describe(read, {}, query),
        request,
      })),
    )
  }
  return formulas.flatMap((formula) =>
    readFormula(formula, named, reading).map((term) => ({ ...term, request })),
  )
}

function readFormula(
  formula: JsonObject,
  named: ReadonlyMap<string, JsonObject>,
  reading: Reading,
): readonly Omit<Term, 'request'>[] {
  const texts = new Map([...named].map(([name, query]) => [name, textIn(query, 'query').trim()]))
  const substituted = substituteFormula(textIn(formula, 'formula'), texts)
  if (substituted.kind === 'fault') {
    reading.leaveOut(substituted.reason)
    return []
  }
  const first = named.get(substituted.names[0] ?? '') ?? {}
  return readExpressions(substituted.text, reading).map((read) => describe(read, formula, first))
}

function describe(
  { text, parsed }: ReadExpression,
  formula: JsonObject,
  query: JsonObject,
): Omit<Term, 'request'> {
  const reduce = nameIn(query, 'aggregator', reductions) ?? 'avg'
  return { text, parsed, alias: textIn(formula, 'alias'), reduce, formula }
}
