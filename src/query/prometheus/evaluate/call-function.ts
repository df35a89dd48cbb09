import type { CallExpression, Matcher, PromExpression } from '../language/promql.ts'
import {
  dropMetric,
  makeLabels,
  metricLabel,
  type Labels,
} from '../../../model/prometheus/labels.ts'
import { callElementFunction } from './element-functions.ts'
import type { Evaluation } from './evaluation.ts'
import { ascending } from './exact-sum.ts'
import { histogramQuantile } from './histogram-quantile.ts'
import { joinLabels, replaceLabel } from './label-functions.ts'
import { callRangeFunction, isRangeFunction } from './range-functions.ts'
import { uniteLines } from './unite-lines.ts'
import {
  constant,
  emptyLine,
  mapLine,
  momentOf,
  type EvalGrid,
  type RangeValue,
  type ScalarValue,
  type Value,
  type VectorValue,
} from './values.ts'

/** The values of the arguments by their kind, in their order. */
interface Arguments {
  readonly vector: VectorValue
  readonly range: RangeValue | undefined
  readonly scalars: readonly ScalarValue[]
  readonly texts: readonly string[]
}

/** Calls a function with what its arguments are. */
export async function callFunction(
  expression: CallExpression,
  values: readonly Value[],
  { grid, evaluation }: { readonly grid: EvalGrid; readonly evaluation: Evaluation },
): Promise<Value> {
  const { name } = expression
  const given = sortArguments(values, grid)
  const { vector, range, scalars, texts } = given
  if (range !== undefined && isRangeFunction(name)) {
    const called = await callRangeFunction({ name, range, parameter: scalars[0] }, grid, evaluation)
    return name === 'absent_over_time' ? absent(expression.args, called, grid) : called
  }
  evaluation.budget.take(vector.lines.length * grid.length)
  const changed = callElementFunction(name, vector, scalars)
  if (changed !== undefined) return changed
  if (name === 'label_replace') return replaceLabel(vector, texts, evaluation)
  if (name === 'absent') return absent(expression.args, vector, grid)
  if (name === 'timestamp') {
    return timestamps(vector, { grid, isSelected: expression.args[0]?.kind === 'selector' })
  }
  return callOther(name, given, grid)
}

function sortArguments(values: readonly Value[], grid: EvalGrid): Arguments {
  const vectors = values.filter((value) => value.kind === 'vector')
  const scalars = values.filter((value) => value.kind === 'scalar')
  const now = { labels: [], values: seconds(grid), has: new Uint8Array(grid.length).fill(1) }
  return {
    // Functions of dates take the moment itself where they are given nothing.
    vector: vectors[0] ?? { kind: 'vector', lines: values.length === 0 ? [now] : [] },
    range: values.find((value) => value.kind === 'range'),
    scalars,
    texts: values.flatMap((value) => (value.kind === 'text' ? value.value : [])),
  }
}

function callOther(name: string, { vector, scalars, texts }: Arguments, grid: EvalGrid): Value {
  const [number = constant(NaN, grid.length)] = scalars
  switch (name) {
    case 'time':
      return { kind: 'scalar', values: seconds(grid) }
    case 'pi':
      return constant(Math.PI, grid.length)
    case 'scalar':
      return toScalar(vector, grid)
    case 'vector':
      return {
        kind: 'vector',
        lines: [{ labels: [], values: number.values, has: new Uint8Array(grid.length).fill(1) }],
      }
    case 'sort':
      return sortLines(vector, 1)
    case 'sort_desc':
      return sortLines(vector, -1)
    case 'label_join':
      return joinLabels(vector, texts)
    case 'histogram_quantile':
      return histogramQuantile(number, vector)
    default:
      throw new TypeError(`${name} is in the table of functions, but is no function`)
  }
}

function seconds(grid: EvalGrid): Float64Array {
  return Float64Array.from({ length: grid.length }, (_, index) => momentOf(grid, index) / 1000)
}

/** The only sample of a moment; NaN where there is none or another. */
function toScalar(vector: VectorValue, grid: EvalGrid): ScalarValue {
  const values = Float64Array.from({ length: grid.length }, (_, index) => {
    const present = vector.lines.filter(({ has }) => has[index] === 1)
    return present.length === 1 ? (present[0]?.values[index] ?? NaN) : NaN
  })
  return { kind: 'scalar', values }
}

/** When the samples of a selector were taken; of anything else, the moment itself. */
function timestamps(
  vector: VectorValue,
  { grid, isSelected }: { readonly grid: EvalGrid; readonly isSelected: boolean },
): VectorValue {
  const lines = vector.lines.map((line) => {
    const times = isSelected ? line.times : undefined
    return mapLine(
      line,
      dropMetric(line.labels),
      (_value, index) => (times?.[index] ?? momentOf(grid, index)) / 1000,
    )
  })
  return { kind: 'vector', lines: uniteLines(lines) }
}

/** The order is told only of a question about one moment. */
function sortLines({ lines }: VectorValue, direction: 1 | -1): VectorValue {
  const sorted = lines.toSorted((one, other) => {
    const [first, second] = [one.values[0] ?? NaN, other.values[0] ?? NaN]
    const isNumber = !Number.isNaN(first) && !Number.isNaN(second)
    return isNumber ? direction * (first - second) : -ascending(first, second)
  })
  return { kind: 'vector', lines: sorted, isSorted: true }
}

/** 1 wherever a vector has nothing, with the labels that its selector asks for by `=`. */
function absent(args: readonly PromExpression[], vector: VectorValue, grid: EvalGrid): VectorValue {
  const [of] = args
  const line = emptyLine(of?.kind === 'selector' ? askedLabels(of.matchers) : [], grid.length)
  for (let index = 0; index < grid.length; index += 1) {
    if (vector.lines.some(({ has }) => has[index] === 1)) continue
    line.has[index] = 1
    line.values[index] = 1
  }
  return { kind: 'vector', lines: [line] }
}

function askedLabels(matchers: readonly Matcher[]): Labels {
  const named = Map.groupBy(matchers, ({ label }) => label)
  const pairs = [...named].flatMap(([label, [first, ...others]]) => {
    const isSure = first?.operator === '=' && others.length === 0 && label !== metricLabel
    return isSure ? [[label, first.value] as const] : []
  })
  return makeLabels(pairs)
}
