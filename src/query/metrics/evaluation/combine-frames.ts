import type { Expression } from '../../metric-language/expression.ts'
import { widerKeys } from '../../metric-language/group-keys.ts'
import type { Frame, FrameSeries } from '../frame.ts'

export type Operator = Extract<Expression, { readonly kind: 'operation' }>['operator']

/** What a part of an expression comes to. */
export type Operand = Frame | number

/**
 * Puts an operator between two operands, interval by interval; where one side has nothing, and where the result is no
 * finite number, there is nothing.
 *
 * Series are matched by the keys that both sides are grouped by: with the same keys each to its like, and with fewer keys
 * on one side, or none, that side's series to all those of the other that have its values. What has no partner is left
 * out, and the frame says so.
 */
export function combineFrames(operator: Operator, left: Operand, right: Operand): Operand {
  if (typeof left === 'number') {
    if (typeof right === 'number') return calculate(operator, left, right)
    const side = sideOf(left)
    const series = right.series.map((one) => combine(one, operator, [side, sideOf(one)]))
    return { ...right, series }
  }
  if (typeof right === 'number') {
    const side = sideOf(right)
    const series = left.series.map((one) => combine(one, operator, [sideOf(one), side]))
    return { ...left, series }
  }
  const { series, alone } = match(operator, left.series, right.series)
  const notes = alone > 0 ? [describeAlone(operator, alone)] : []
  return { ...left, series, notes: [...left.notes, ...right.notes, ...notes] }
}

interface Matched {
  readonly series: readonly FrameSeries[]
  /** How many series have no partner. */
  readonly alone: number
}

function match(
  operator: Operator,
  left: readonly FrameSeries[],
  right: readonly FrameSeries[],
): Matched {
  const leftKeys = keysOf(left)
  const rightKeys = keysOf(right)
  const isLeftWider = widerKeys(leftKeys, rightKeys) === leftKeys
  const [wide, narrow] = isLeftWider ? [left, right] : [right, left]
  const keys = isLeftWider ? rightKeys : leftKeys
  const partners = new Map(narrow.map((one) => [groupOf(one, keys), one]))
  const used = new Set<FrameSeries>()
  const series = wide.flatMap((one) => {
    const partner = partners.get(groupOf(one, keys))
    if (partner === undefined) return []
    used.add(partner)
    const [first, second] = isLeftWider ? [one, partner] : [partner, one]
    return [combine(one, operator, [sideOf(first), sideOf(second)])]
  })
  return { series, alone: wide.length - series.length + narrow.length - used.size }
}

function keysOf([first]: readonly FrameSeries[]): readonly string[] {
  return first?.groups.map(([key]) => key) ?? []
}

/** The values of some keys as one text. */
function groupOf({ groups }: FrameSeries, keys: readonly string[]): string {
  const values = new Map(groups)
  return JSON.stringify(keys.map((key) => values.get(key)))
}

/** One side of an operator. */
interface Side {
  readonly metric: string
  readonly expression: string
  readonly at: (interval: number) => number
}

function sideOf(operand: FrameSeries | number): Side {
  if (typeof operand === 'number') {
    return { metric: String(operand), expression: String(operand), at: () => operand }
  }
  const { metric, expression, values } = operand
  return { metric, expression, at: (interval) => values[interval] ?? Number.NaN }
}

/** The series with the values, and the name, that an operator makes of its sides. */
function combine(
  series: FrameSeries,
  operator: Operator,
  [left, right]: [Side, Side],
): FrameSeries {
  return {
    ...series,
    metric: `(${left.metric} ${operator} ${right.metric})`,
    expression: `(${left.expression} ${operator} ${right.expression})`,
    values: series.values.map((_value, n) => calculate(operator, left.at(n), right.at(n))),
  }
}

function calculate(operator: Operator, left: number, right: number): number {
  const value = applyOperator(operator, left, right)
  // Added to 0, a 0 has no sign.
  return Number.isFinite(value) ? 0 + value : Number.NaN
}

function applyOperator(operator: Operator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return left / right
  }
}

function describeAlone(operator: Operator, count: number): string {
  const groups = count === 1 ? '1 group is' : `${count} groups are`
  return `${groups} on one side of ${operator} only and left out`
}
