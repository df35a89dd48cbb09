import type { Expression } from '../metric-language/expression.ts'
import { parseExpressions } from '../metric-language/parse-expressions.ts'
import { QuestionError } from '../question-error.ts'

/** A query that formulas call by its name. */
export interface NamedQuery {
  readonly name: string
  /** One expression, which may be more than a query. */
  readonly text: string
}

/**
 * Reads queries, by their names in order.
 * @throws {QuestionError} `invalid` for a text that cannot be read, with the place in it, and for a name that comes twice.
 */
export function readNamedQueries(queries: readonly NamedQuery[]): ReadonlyMap<string, Expression> {
  const named = new Map<string, Expression>()
  for (const { name, text } of queries) {
    if (named.has(name)) {
      throw new QuestionError('invalid', `Cannot answer: two queries are called ${name}`)
    }
    named.set(name, readOne(text))
  }
  return named
}

/** Reads a formula over queries, in which functions and queries may stand too. */
export function readFormula(text: string, named: ReadonlyMap<string, Expression>): Expression {
  return readOne(text, named)
}

function readOne(text: string, named?: ReadonlyMap<string, Expression>): Expression {
  const [expression, second] = parseExpressions(text, named)
  if (expression !== undefined && second === undefined) return expression
  const at = second?.place.start ?? 0
  throw new QuestionError('invalid', 'Cannot read the query: it holds several, one is expected', {
    at,
  })
}
