import type { AggregationExpression, AggregationName, Grouping } from '../language/promql.ts'
import {
  dropLabels,
  keepLabels,
  keyOf,
  makeLabels,
  metricLabel,
  type Labels,
} from '../../../model/prometheus/labels.ts'
import { formatNumber } from '../format-number.ts'
import {
  ascending,
  exactMean,
  exactSum,
  largest,
  quantile,
  smallest,
  variance,
} from './exact-sum.ts'
import type { Evaluation } from './evaluation.ts'
import { uniteLines } from './unite-lines.ts'
import { emptyLine, type EvalGrid, type Line, type Value, type VectorValue } from './values.ts'

/** Makes one number of those that a group has at one moment. */
type Reducer = (values: Float64Array, parameter: number) => number

const reducers: Readonly<Partial<Record<AggregationName, Reducer>>> = {
  sum: exactSum,
  avg: exactMean,
  min: smallest,
  max: largest,
  count: (values) => values.length,
  group: () => 1,
  stddev: (values) => Math.sqrt(variance(values)),
  stdvar: variance,
  quantile: (values, share) => quantile(share, values),
}

/** What is aggregated, with what is between the parentheses before it. */
export interface AggregationInput {
  readonly vector: VectorValue
  readonly parameter: Value | undefined
}

/** @see https://prometheus.io/docs/prometheus/latest/querying/operators/#aggregation-operators */
export async function aggregate(
  { name, grouping }: AggregationExpression,
  { vector, parameter }: AggregationInput,
  { grid, evaluation }: { readonly grid: EvalGrid; readonly evaluation: Evaluation },
): Promise<VectorValue> {
  const groups = groupLines(vector.lines, grouping)
  const numbers = parameter?.kind === 'scalar' ? parameter.values : new Float64Array(grid.length)
  const lines: Line[] = []
  for (const { labels, members } of groups) {
    await evaluation.budget.breathe()
    evaluation.budget.take(grid.length)
    const reduce = reducers[name]
    if (reduce !== undefined)
      lines.push(reduceGroup(members, emptyLine(labels, grid.length), { reduce, numbers }))
    else if (parameter?.kind === 'text')
      lines.push(...countValues(members, labels, parameter.value))
    else lines.push(...pickLines(members, numbers, name === 'topk' ? -1 : 1))
  }
  const isSorted = name === 'topk' || name === 'bottomk'
  return { kind: 'vector', lines: uniteLines(lines), isSorted }
}

interface Group {
  readonly labels: Labels
  readonly members: readonly Line[]
}

function groupLines(lines: readonly Line[], { kind, labels: names }: Grouping): readonly Group[] {
  const labelled = lines.map((line) => ({
    line,
    labels:
      kind === 'by'
        ? keepLabels(line.labels, names)
        : dropLabels(line.labels, [...names, metricLabel]),
  }))
  const groups = Map.groupBy(labelled, ({ labels }) => keyOf(labels))
  return [...groups.values()].map((members) => ({
    labels: members[0]?.labels ?? [],
    members: members.map(({ line }) => line),
  }))
}

function reduceGroup(
  members: readonly Line[],
  line: Line,
  { reduce, numbers }: { readonly reduce: Reducer; readonly numbers: Float64Array },
): Line {
  for (let index = 0; index < numbers.length; index += 1) {
    const values = presentValues(members, index)
    if (values.length === 0) continue
    line.has[index] = 1
    line.values[index] = reduce(values, numbers[index] ?? NaN)
  }
  return line
}

function presentValues(members: readonly Line[], index: number): Float64Array {
  const values = new Float64Array(members.length)
  let count = 0
  for (const { has, values: own } of members) {
    if (has[index] !== 1) continue
    values[count] = own[index] ?? NaN
    count += 1
  }
  return values.subarray(0, count)
}

/** Of each moment the so many largest (`direction` -1) or smallest (1); NaN comes last. */
function pickLines(
  members: readonly Line[],
  numbers: Float64Array,
  direction: 1 | -1,
): readonly Line[] {
  const picked = members.map(({ labels, values }) => ({
    ...emptyLine(labels, numbers.length),
    values,
  }))
  for (const [index, count] of numbers.entries()) {
    const present = members.flatMap(({ has }, at) => (has[index] === 1 ? [at] : []))
    const valueAt = (at: number): number => members[at]?.values[index] ?? NaN
    const sorted = present.toSorted((one, other) =>
      compareForPick(valueAt(one), valueAt(other), direction),
    )
    for (const at of sorted.slice(0, Math.max(0, Math.trunc(count)))) {
      const line = picked[at]
      if (line !== undefined) line.has[index] = 1
    }
  }
  const kept = picked.filter(({ has }) => has.includes(1))
  if (numbers.length > 1) return kept
  return kept.toSorted((one, other) =>
    compareForPick(one.values[0] ?? NaN, other.values[0] ?? NaN, direction),
  )
}

function compareForPick(one: number, other: number, direction: 1 | -1): number {
  if (Number.isNaN(one) || Number.isNaN(other)) return -ascending(one, other)
  return direction * ascending(one, other)
}

/** A line for each value there is, with how many have it. */
function countValues(members: readonly Line[], labels: Labels, name: string): readonly Line[] {
  const lines = new Map<string, Line>()
  for (const { has, values } of members) {
    for (const [index, isThere] of has.entries()) {
      if (isThere !== 1) continue
      const text = formatNumber(values[index] ?? NaN)
      const line = lines.get(text) ?? emptyLine(makeLabels([...labels, [name, text]]), has.length)
      lines.set(text, line)
      line.has[index] = 1
      line.values[index] = (line.values[index] ?? 0) + 1
    }
  }
  return [...lines.values()]
}
