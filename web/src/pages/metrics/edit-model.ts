import { mostQueries, queryName, type PickedQuery, type QueryModel } from './query-model.ts'
import { namesIn, renameIn } from './write-query.ts'

/** The model with one of its queries changed. */
export function changeQuery(
  model: QueryModel,
  place: number,
  change: Partial<PickedQuery>,
): QueryModel {
  const queries = model.queries.map((query, at) => (at === place ? { ...query, ...change } : query))
  return { ...model, queries }
}

/** The model with one more query, shown by itself; the same model when there is no letter left for it. */
export function addQuery(model: QueryModel, query: PickedQuery): QueryModel {
  const { queries, formulas } = model
  if (queries.length === mostQueries) return model
  return { queries: [...queries, query], formulas: [...formulas, queryName(queries.length)] }
}

/** The model without one of its queries, and without the formulas that name it; what only they named is shown by itself. */
export function removeQuery({ queries, formulas }: QueryModel, place: number): QueryModel {
  const gone = queryName(place)
  const kept = formulas.filter((formula) => !namesIn(formula).includes(gone))
  const named = new Set(kept.flatMap(namesIn))
  const others = queries.map((_query, at) => queryName(at)).filter((name) => name !== gone)
  const names = new Map(others.map((name, at) => [name, queryName(at)]))
  const orphans = others.filter((name) => !named.has(name))
  return {
    queries: queries.filter((_query, at) => at !== place),
    formulas: [...kept, ...orphans].map((formula) => renameIn(formula, names)),
  }
}

/** Formulas separated by commas that stand outside of brackets and quotes. */
export function splitFormulas(text: string): readonly string[] {
  const parts = text.match(/(?:'[^']*'|"[^"]*"|\((?:[^()]|\([^()]*\))*\)|[^,])+/g) ?? []
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

/** The names in formulas that no query has. */
export function unknownNames(formulas: readonly string[], queryCount: number): readonly string[] {
  const known = new Set(Array.from({ length: queryCount }, (_, place) => queryName(place)))
  return [...new Set(formulas.flatMap(namesIn))].filter((name) => !known.has(name))
}
