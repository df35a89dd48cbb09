import { isArithmetic, isComparison } from '../language/operators.ts'
import type { BinaryExpression } from '../language/promql.ts'
import { dropMetric } from '../../../model/prometheus/labels.ts'
import { arithmetic, comparisons } from './arithmetic.ts'
import { uniteLines } from './unite-lines.ts'
import { mapLine, type Line, type ScalarValue, type VectorValue } from './values.ts'

type Operation = Pick<BinaryExpression, 'operator' | 'isBool'>

/** `1 + 2`; a comparison gives 1 or 0. */
export function combineScalars(
  { operator }: Operation,
  left: ScalarValue,
  right: ScalarValue,
): ScalarValue {
  const values = left.values.map((value, index) =>
    computeNumber(operator, value, right.values[index] ?? NaN),
  )
  return { kind: 'scalar', values }
}

/** `vector + 1`, or `1 + vector` where `isSwapped`. A comparison without `bool` leaves samples out. */
export function combineWithScalar(
  { operator, isBool }: Operation,
  {
    vector,
    scalar,
    isSwapped,
  }: { readonly vector: VectorValue; readonly scalar: ScalarValue; readonly isSwapped: boolean },
): VectorValue {
  const compute = (value: number, index: number): number => {
    const number = scalar.values[index] ?? NaN
    return isSwapped
      ? computeNumber(operator, number, value)
      : computeNumber(operator, value, number)
  }
  if (!isComparison(operator) || isBool) {
    const lines = vector.lines.map((line) => mapLine(line, dropMetric(line.labels), compute))
    return { kind: 'vector', lines: uniteLines(lines) }
  }
  return { kind: 'vector', lines: vector.lines.map((line) => filterLine(line, compute)) }
}

/** The number that an operator makes of two; of a comparison 1 when it holds, else 0. */
export function computeNumber(
  operator: BinaryExpression['operator'],
  left: number,
  right: number,
): number {
  if (isArithmetic(operator)) return arithmetic[operator](left, right)
  return isComparison(operator) && comparisons[operator](left, right) ? 1 : 0
}

function filterLine(line: Line, holds: (value: number, index: number) => number): Line {
  const has = line.has.map((isThere, index) =>
    isThere === 1 ? holds(line.values[index] ?? NaN, index) : 0,
  )
  return { labels: line.labels, values: line.values, has }
}
