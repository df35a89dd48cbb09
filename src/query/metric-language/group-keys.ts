import type { Expression } from './expression.ts'
import { ungroupingFunctions } from './function-signatures.ts'

/** The keys that tell the series of an expression apart. */
export function groupKeys(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'number':
      return []
    case 'query':
      return expression.groupBy
    case 'call':
      return ungroupingFunctions.has(expression.name) ? [] : groupKeys(expression.of)
    case 'negation':
      return groupKeys(expression.of)
    case 'operation':
      return widerKeys(groupKeys(expression.left), groupKeys(expression.right)) ?? []
  }
}

/** Those of two lists of keys that hold all of the other, the first if both do; undefined when neither does. */
export function widerKeys(
  one: readonly string[],
  other: readonly string[],
): readonly string[] | undefined {
  if (other.every((key) => one.includes(key))) return one
  return one.every((key) => other.includes(key)) ? other : undefined
}
