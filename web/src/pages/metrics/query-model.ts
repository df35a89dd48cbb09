/** A function around a query, or a method behind it, as far as pickers understand it. */
export interface AppliedFunction {
  /** `top` */
  readonly name: string
  /** What stands between its brackets behind the query, as written: `10, 'mean', 'desc'`; empty for nothing. */
  readonly options: string
}

/** One query as pickers show it: `top(avg:metric{scope} by {keys}.fill(last), 10)`. */
export interface PickedQuery {
  readonly aggregator: string
  readonly metric: string
  /** As written; `*` for everything. */
  readonly scope: string
  readonly groupBy: readonly string[]
  /** Methods behind the query: `fill(last)`. */
  readonly methods: readonly AppliedFunction[]
  /** Functions around it, the innermost first. */
  readonly functions: readonly AppliedFunction[]
}

/** Queries named a, b, c in their order, and what is shown of them. */
export interface QueryModel {
  readonly queries: readonly PickedQuery[]
  /** Over the names of the queries: `['a', 'b']`, `['a / b * 100']`. Each query is named at least once. */
  readonly formulas: readonly string[]
}

/** As many queries as there are letters. */
export const mostQueries = 26

/** How the query at that place is called: a, b, c. */
export function queryName(place: number): string {
  return String.fromCodePoint(97 + place)
}

/** A query about a metric before anything is picked. */
export function queryOf(metric: string): PickedQuery {
  return { aggregator: 'avg', metric, scope: '*', groupBy: [], methods: [], functions: [] }
}

/** Whether every query is shown by itself. */
export function isPlain({ queries, formulas }: QueryModel): boolean {
  return (
    formulas.length === queries.length &&
    formulas.every((formula, place) => formula === queryName(place))
  )
}
