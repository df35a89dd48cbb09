import type {
  ArithmeticOperator,
  BinaryExpression,
  ComparisonOperator,
  SetOperator,
} from './promql.ts'

const arithmeticOperators: ReadonlySet<string> = new Set<ArithmeticOperator>([
  '+',
  '-',
  '*',
  '/',
  '%',
  '^',
  'atan2',
])
const comparisonOperators: ReadonlySet<string> = new Set<ComparisonOperator>([
  '==',
  '!=',
  '>',
  '<',
  '>=',
  '<=',
])
const setOperators: ReadonlySet<string> = new Set<SetOperator>(['and', 'or', 'unless'])

export function isOperator(text: string): text is BinaryExpression['operator'] {
  return arithmeticOperators.has(text) || isComparison(text) || isSetOperator(text)
}

export function isArithmetic(text: string): text is ArithmeticOperator {
  return arithmeticOperators.has(text)
}

export function isComparison(text: string): text is ComparisonOperator {
  return comparisonOperators.has(text)
}

export function isSetOperator(text: string): text is SetOperator {
  return setOperators.has(text)
}
