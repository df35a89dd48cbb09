import { dropMetric } from '../../../model/prometheus/labels.ts'
import { uniteLines } from './unite-lines.ts'
import { mapLine, type Line, type ScalarValue, type VectorValue } from './values.ts'

/** Functions that make of each value another. */
const elementFunctions: ReadonlyMap<string, (value: number) => number> = new Map([
  ['abs', Math.abs],
  ['ceil', Math.ceil],
  ['floor', Math.floor],
  ['exp', Math.exp],
  ['ln', Math.log],
  ['log2', Math.log2],
  ['log10', Math.log10],
  ['sqrt', Math.sqrt],
  ['sgn', Math.sign],
  ['acos', Math.acos],
  ['acosh', Math.acosh],
  ['asin', Math.asin],
  ['asinh', Math.asinh],
  ['atan', Math.atan],
  ['atanh', Math.atanh],
  ['cos', Math.cos],
  ['cosh', Math.cosh],
  ['sin', Math.sin],
  ['sinh', Math.sinh],
  ['tan', Math.tan],
  ['tanh', Math.tanh],
  ['deg', (value) => (value * 180) / Math.PI],
  ['rad', (value) => (value * Math.PI) / 180],
])

/** Functions of a moment in Unix seconds, in UTC. */
const dateFunctions: ReadonlyMap<string, (date: Date) => number> = new Map([
  ['minute', (date) => date.getUTCMinutes()],
  ['hour', (date) => date.getUTCHours()],
  ['day_of_week', (date) => date.getUTCDay()],
  ['day_of_month', (date) => date.getUTCDate()],
  ['day_of_year', dayOfYear],
  [
    'days_in_month',
    (date) => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate(),
  ],
  ['month', (date) => date.getUTCMonth() + 1],
  ['year', (date) => date.getUTCFullYear()],
])

/** Functions of a value and one or two numbers. */
const clampFunctions: ReadonlyMap<string, (value: number, numbers: readonly number[]) => number> =
  new Map([
    ['clamp', (value, [least = NaN, most = NaN]) => Math.max(least, Math.min(most, value))],
    ['clamp_min', (value, [least = NaN]) => Math.max(least, value)],
    ['clamp_max', (value, [most = NaN]) => Math.min(most, value)],
    ['round', (value, [step = 1]) => Math.floor(value * (1 / step) + 0.5) / (1 / step)],
  ])

/** What a function makes of each value of a vector; undefined when the name is none of those. */
export function callElementFunction(
  name: string,
  vector: VectorValue,
  numbers: readonly ScalarValue[],
): VectorValue | undefined {
  const change = findChange(name)
  if (change === undefined) return undefined
  const lines = possibleLines(name, vector.lines, numbers).map((line) =>
    mapLine(line, dropMetric(line.labels), (value, index) =>
      change(
        value,
        numbers.map(({ values }) => values[index] ?? NaN),
      ),
    ),
  )
  return { kind: 'vector', lines: uniteLines(lines) }
}

/** Nothing lies between a least and a most that is smaller. */
function possibleLines(
  name: string,
  lines: readonly Line[],
  [least, most]: readonly ScalarValue[],
): readonly Line[] {
  if (name !== 'clamp' || least === undefined || most === undefined) return lines
  const isPossible = least.values.map((value, index) =>
    value > (most.values[index] ?? NaN) ? 0 : 1,
  )
  return lines.map((line) => ({
    ...line,
    has: line.has.map((isThere, index) => isThere * (isPossible[index] ?? 0)),
  }))
}

function findChange(
  name: string,
): ((value: number, numbers: readonly number[]) => number) | undefined {
  const element = elementFunctions.get(name)
  if (element !== undefined) return (value) => element(value)
  const ofDate = dateFunctions.get(name)
  if (ofDate !== undefined) return (value) => ofDate(new Date(Math.trunc(value) * 1000))
  return clampFunctions.get(name)
}

function dayOfYear(date: Date): number {
  const newYear = Date.UTC(date.getUTCFullYear(), 0, 1)
  return Math.floor((date.getTime() - newYear) / 86_400_000) + 1
}
