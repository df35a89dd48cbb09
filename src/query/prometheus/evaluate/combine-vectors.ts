import { isArithmetic, isComparison } from '../language/operators.ts'
import type { BinaryExpression } from '../language/promql.ts'
import {
  dropLabels,
  dropMetric,
  formatLabels,
  keepLabels,
  keyOf,
  labelValue,
  makeLabels,
  type Labels,
} from '../../../model/prometheus/labels.ts'
import { PrometheusError } from '../prometheus-error.ts'
import { computeNumber } from './combine-scalars.ts'
import type { Evaluation } from './evaluation.ts'
import { groupBySides, matchLabels } from './match-groups.ts'
import { uniteLines } from './unite-lines.ts'
import { emptyLine, type EvalGrid, type Line, type VectorValue } from './values.ts'

/** Lines of one group: of `many` several may have a sample at one moment, of `one` only one. */
interface Sides {
  readonly many: readonly Line[]
  readonly one: readonly Line[]
}

/**
 * `left + on (label) right` and comparisons, series by series.
 * @throws {PrometheusError} `execution` when more than one of a side belongs to one of the other.
 * @see https://prometheus.io/docs/prometheus/latest/querying/operators/#vector-matching
 */
export async function combineVectors(
  expression: BinaryExpression,
  { left, right }: { readonly left: VectorValue; readonly right: VectorValue },
  { grid, evaluation }: { readonly grid: EvalGrid; readonly evaluation: Evaluation },
): Promise<VectorValue> {
  if (left.lines.length === 0 || right.lines.length === 0) return { kind: 'vector', lines: [] }
  const isSwapped = expression.matching.many === 'right'
  const lines: Line[] = []
  for (const group of groupBySides(left.lines, right.lines, expression.matching)) {
    await evaluation.budget.breathe()
    const sides = isSwapped
      ? { many: group.right, one: group.left }
      : { many: group.left, one: group.right }
    evaluation.budget.take(sides.many.length * grid.length)
    lines.push(...new GroupCombiner(expression, sides, grid.length).combine())
  }
  return { kind: 'vector', lines: uniteLines(lines) }
}

/** Works out one group, moment by moment. */
class GroupCombiner {
  readonly #expression: BinaryExpression
  readonly #sides: Sides
  readonly #length: number
  /** What came of each pair of lines, by the labels of the result. */
  readonly #results = new Map<string, Line>()
  readonly #labelsOfPairs = new Map<Line, Map<Line, Labels>>()

  constructor(expression: BinaryExpression, sides: Sides, length: number) {
    this.#expression = expression
    this.#sides = sides
    this.#length = length
  }

  combine(): readonly Line[] {
    for (let index = 0; index < this.#length; index += 1) {
      const one = this.#theOne(index)
      if (one !== undefined) this.#combineMoment(index, one)
    }
    return [...this.#results.values()]
  }

  #theOne(index: number): Line | undefined {
    const [one, other] = this.#sides.one.filter(({ has }) => has[index] === 1)
    if (one === undefined || other === undefined) return one
    const { matching } = this.#expression
    const side = matching.many === 'right' ? 'left' : 'right'
    throw new PrometheusError(
      'execution',
      `two series on the ${side} side have the labels ${formatLabels(matchLabels(one.labels, matching))}: ` +
        `${formatLabels(one.labels)} and ${formatLabels(other.labels)}; many-to-many matching is not allowed`,
    )
  }

  #combineMoment(index: number, one: Line): void {
    const { matching } = this.#expression
    const seen = new Set<string>()
    let matches = 0
    for (const many of this.#sides.many) {
      if (many.has[index] !== 1) continue
      matches += 1
      if (matching.many === undefined && matches > 1) throw manyMatches(matching)
      const labels = this.#labelsOf(many, one)
      const key = keyOf(labels)
      if (seen.has(key)) throw notUnique(labels)
      seen.add(key)
      this.#write(index, { many, one }, { labels, key })
    }
  }

  #write(
    index: number,
    { many, one }: { readonly many: Line; readonly one: Line },
    { labels, key }: { readonly labels: Labels; readonly key: string },
  ): void {
    const { operator, isBool, matching } = this.#expression
    const values = [many.values[index] ?? NaN, one.values[index] ?? NaN] as const
    const [left, right] = matching.many === 'right' ? [values[1], values[0]] : values
    const computed = computeNumber(operator, left, right)
    const isFilter = isComparison(operator) && !isBool
    if (isFilter && computed === 0) return
    const line = this.#results.get(key) ?? emptyLine(labels, this.#length)
    this.#results.set(key, line)
    line.has[index] = 1
    line.values[index] = isFilter ? left : computed
  }

  #labelsOf(many: Line, one: Line): Labels {
    const ofMany = this.#labelsOfPairs.get(many) ?? new Map<Line, Labels>()
    this.#labelsOfPairs.set(many, ofMany)
    const known = ofMany.get(one)
    if (known !== undefined) return known
    const labels = resultLabels(this.#expression, many.labels, one.labels)
    ofMany.set(one, labels)
    return labels
  }
}

/** The labels that a pair of series gives. */
function resultLabels(
  { operator, isBool, matching }: BinaryExpression,
  many: Labels,
  one: Labels,
): Labels {
  const named = isArithmetic(operator) || isBool ? dropMetric(many) : many
  if (matching.many === undefined) {
    return matching.kind === 'on'
      ? keepLabels(named, matching.labels)
      : dropLabels(named, matching.labels)
  }
  const included = matching.include.map((name) => [name, labelValue(one, name)] as const)
  return makeLabels([...named, ...included])
}

function manyMatches({ labels }: BinaryExpression['matching']): PrometheusError {
  return new PrometheusError(
    'execution',
    `several series on the left side belong to one on the right (labels: ${labels.join(', ') || 'all'}); ` +
      'many-to-one matching has to be said with group_left or group_right',
  )
}

function notUnique(labels: Labels): PrometheusError {
  return new PrometheusError(
    'execution',
    `several matches would give ${formatLabels(labels)}; the labels of the group have to tell them apart`,
  )
}
