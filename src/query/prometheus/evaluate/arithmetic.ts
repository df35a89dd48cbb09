import type { ArithmeticOperator, ComparisonOperator } from '../language/promql.ts'

/** What an operator makes of two numbers. A comparison gives whether it holds. */
export const arithmetic: Readonly<
  Record<ArithmeticOperator, (left: number, right: number) => number>
> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
  '^': power,
  atan2: Math.atan2,
}

export const comparisons: Readonly<
  Record<ComparisonOperator, (left: number, right: number) => boolean>
> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '>': (left, right) => left > right,
  '<': (left, right) => left < right,
  '>=': (left, right) => left >= right,
  '<=': (left, right) => left <= right,
}

/** As IEEE 754 has it: 1 to any power is 1, and so is -1 to an infinite one, which JavaScript calls NaN. */
function power(base: number, exponent: number): number {
  if (base === 1 || (base === -1 && Math.abs(exponent) === Infinity)) return 1
  return base ** exponent
}
