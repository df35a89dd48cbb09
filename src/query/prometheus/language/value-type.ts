import { functionTable } from './function-table.ts'
import type { BinaryExpression, PromExpression, ValueType } from './promql.ts'
import { syntaxError } from './syntax-error.ts'

/** What an expression gives. */
export function typeOf(expression: PromExpression): ValueType {
  switch (expression.kind) {
    case 'number':
      return 'scalar'
    case 'text':
      return 'string'
    case 'selector':
      return expression.rangeMs === undefined ? 'instant vector' : 'range vector'
    case 'subquery':
      return 'range vector'
    case 'call':
      return functionTable.get(expression.name)?.gives ?? 'instant vector'
    case 'aggregation':
      return 'instant vector'
    case 'binary':
      return typeOfBinary(expression)
    case 'negation':
      return typeOf(expression.of)
  }
}

function typeOfBinary({ left, right }: BinaryExpression): ValueType {
  const areScalars = typeOf(left) === 'scalar' && typeOf(right) === 'scalar'
  return areScalars ? 'scalar' : 'instant vector'
}

/** @throws {PrometheusError} When the expression gives something else than `wanted`. */
export function expectType(
  expression: PromExpression,
  wanted: ValueType,
  { text, where }: { readonly text: string; readonly where: string },
): void {
  const type = typeOf(expression)
  if (type === wanted) return
  throw syntaxError(text, expression.place.start, `expected ${wanted} ${where}, got ${type}`)
}
