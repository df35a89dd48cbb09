import type { Expression, MetricQuery } from './expression.ts'

/** The queries of an expression as they stand from left to right; the same one may come twice. */
export function listQueries(expression: Expression): readonly MetricQuery[] {
  switch (expression.kind) {
    case 'number':
      return []
    case 'query':
      return [expression]
    case 'call':
    case 'negation':
      return listQueries(expression.of)
    case 'operation':
      return [...listQueries(expression.left), ...listQueries(expression.right)]
  }
}
