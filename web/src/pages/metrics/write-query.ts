import { queryName, type PickedQuery, type QueryModel } from './query-model.ts'

/** Names of queries in a formula, and texts in quotes, which are none. */
const namePattern = /'[^']*'|"[^"]*"|\b[a-z]\b/g

/** The text of a model in Datadog's language. */
export function writeModel({ queries, formulas }: QueryModel): string {
  const texts = new Map(queries.map((query, place) => [queryName(place), writeQuery(query)]))
  return formulas
    .map((formula) => formula.replace(namePattern, (name) => texts.get(name) ?? name))
    .join(', ')
}

/** `top(avg:metric{scope} by {keys}.fill(last), 10)` */
export function writeQuery(query: PickedQuery): string {
  const { aggregator, metric, scope, groupBy, methods, functions } = query
  const by = groupBy.length === 0 ? '' : ` by {${groupBy.join(',')}}`
  const behind = methods.map(({ name, options }) => `.${name}(${options})`).join('')
  const inner = `${aggregator}:${metric}{${scope === '' ? '*' : scope}}${by}${behind}`
  return functions.reduce(
    (text, { name, options }) => `${name}(${text}${options === '' ? '' : `, ${options}`})`,
    inner,
  )
}

/** The names of queries that a formula uses. */
export function namesIn(formula: string): readonly string[] {
  return formula.match(namePattern)?.filter((name) => name.length === 1) ?? []
}

/** A formula in which queries are called otherwise. */
export function renameIn(formula: string, names: ReadonlyMap<string, string>): string {
  return formula.replace(namePattern, (name) => names.get(name) ?? name)
}
