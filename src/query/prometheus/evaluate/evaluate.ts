import { isSetOperator } from '../language/operators.ts'
import type { SampledSeries } from '../samples/sample-source.ts'
import type {
  AggregationExpression,
  BinaryExpression,
  CallExpression,
  PromExpression,
  SubqueryExpression,
} from '../language/promql.ts'
import { dropMetric } from '../../../model/prometheus/labels.ts'
import { aggregate } from './aggregate.ts'
import { callFunction } from './call-function.ts'
import { combineScalars, combineWithScalar } from './combine-scalars.ts'
import { combineSets } from './combine-sets.ts'
import { combineVectors } from './combine-vectors.ts'
import type { Evaluation } from './evaluation.ts'
import { fixedMoment } from './evaluation.ts'
import { readingOf, selectRange } from './select-range.ts'
import { selectVector } from './select-vector.ts'
import { uniteLines } from './unite-lines.ts'
import {
  constant,
  lastMomentOf,
  mapLine,
  momentOf,
  type EvalGrid,
  type Line,
  type RangeValue,
  type Value,
} from './values.ts'

/** What a subquery without a step takes, as Prometheus does unless it is told otherwise. */
const subqueryStepMs = 60_000

/**
 * What an expression is at each moment of a grid.
 * @throws {PrometheusError} When it cannot be worked out, or takes too much.
 */
export async function evaluate(
  expression: PromExpression,
  grid: EvalGrid,
  evaluation: Evaluation,
): Promise<Value> {
  await evaluation.budget.breathe()
  switch (expression.kind) {
    case 'number':
      return constant(expression.value, grid.length)
    case 'text':
      return { kind: 'text', value: expression.value }
    case 'selector':
    case 'subquery':
      return evaluateSamples(expression, grid, { evaluation })
    case 'call':
      return evaluateCall(expression, grid, evaluation)
    case 'aggregation':
      return evaluateAggregation(expression, grid, evaluation)
    case 'binary':
      return evaluateBinary(expression, grid, evaluation)
    case 'negation':
      return negate(await evaluate(expression.of, grid, evaluation))
  }
}

interface SamplesContext {
  readonly evaluation: Evaluation
  /** The function that will look at a range. */
  readonly functionName?: string
}

async function evaluateSamples(
  expression: PromExpression,
  grid: EvalGrid,
  { evaluation, functionName }: SamplesContext,
): Promise<Value> {
  if (expression.kind === 'subquery') {
    return evaluateSubquery(expression, grid, { evaluation, ...(functionName && { functionName }) })
  }
  if (expression.kind !== 'selector') return evaluate(expression, grid, evaluation)
  const { rangeMs } = expression
  if (rangeMs === undefined) return selectVector(expression, grid, evaluation)
  const selector = { ...expression, rangeMs }
  return selectRange({ selector, ...(functionName && { functionName }) }, grid, evaluation)
}

async function evaluateCall(
  expression: CallExpression,
  grid: EvalGrid,
  evaluation: Evaluation,
): Promise<Value> {
  const values: Value[] = []
  for (const argument of expression.args) {
    values.push(
      await evaluateSamples(argument, grid, { evaluation, functionName: expression.name }),
    )
  }
  return callFunction(expression, values, { grid, evaluation })
}

async function evaluateAggregation(
  expression: AggregationExpression,
  grid: EvalGrid,
  evaluation: Evaluation,
): Promise<Value> {
  const vector = await evaluate(expression.of, grid, evaluation)
  const parameter = expression.parameter && (await evaluate(expression.parameter, grid, evaluation))
  if (vector.kind !== 'vector') throw new TypeError('An aggregation is of a vector')
  return aggregate(expression, { vector, parameter }, { grid, evaluation })
}

async function evaluateBinary(
  expression: BinaryExpression,
  grid: EvalGrid,
  evaluation: Evaluation,
): Promise<Value> {
  const left = await evaluate(expression.left, grid, evaluation)
  const right = await evaluate(expression.right, grid, evaluation)
  const { operator, matching } = expression
  if (left.kind === 'scalar' && right.kind === 'scalar') {
    return combineScalars(expression, left, right)
  }
  if (left.kind === 'vector' && right.kind === 'scalar') {
    return combineWithScalar(expression, { vector: left, scalar: right, isSwapped: false })
  }
  if (left.kind === 'scalar' && right.kind === 'vector') {
    return combineWithScalar(expression, { vector: right, scalar: left, isSwapped: true })
  }
  if (left.kind !== 'vector' || right.kind !== 'vector') {
    throw new TypeError('An operator stands between scalars and vectors')
  }
  evaluation.budget.take((left.lines.length + right.lines.length) * grid.length)
  if (isSetOperator(operator)) return combineSets({ operator, matching }, left, right)
  return combineVectors(expression, { left, right }, { grid, evaluation })
}

function negate(value: Value): Value {
  if (value.kind === 'scalar') return { kind: 'scalar', values: value.values.map((own) => -own) }
  if (value.kind !== 'vector') throw new TypeError('Only scalars and vectors have a sign')
  const lines = value.lines.map((line) => mapLine(line, dropMetric(line.labels), (own) => -own))
  return { kind: 'vector', lines: uniteLines(lines) }
}

/** What its expression has been at whole multiples of its step, as samples. */
async function evaluateSubquery(
  expression: SubqueryExpression,
  grid: EvalGrid,
  { evaluation, functionName }: SamplesContext,
): Promise<RangeValue> {
  const { of, rangeMs, offsetMs, stepMs = subqueryStepMs } = expression
  const atMs = fixedMoment(expression, evaluation)
  const fromMs = (atMs ?? grid.startMs) - offsetMs - rangeMs
  const toMs = (atMs ?? lastMomentOf(grid)) - offsetMs
  const startMs = (Math.floor(fromMs / stepMs) + 1) * stepMs
  const own = { startMs, stepMs, length: Math.max(0, Math.floor((toMs - startMs) / stepMs) + 1) }
  evaluation.budget.check(own.length)
  const value = own.length === 0 ? undefined : await evaluate(of, own, evaluation)
  const reading = readingOf(functionName, 'gauge')
  const lines = value?.kind === 'vector' ? value.lines : []
  evaluation.budget.take(lines.length * own.length)
  const series = lines.map((line) => samplesOf(line, own, reading === 'count'))
  return { kind: 'range', series, rangeMs, offsetMs, atMs }
}

/** A line as samples; where only their number counts, each is 1. */
function samplesOf(
  { labels, values, has }: Line,
  grid: EvalGrid,
  isCounted: boolean,
): SampledSeries {
  const present = Array.from(has.keys()).filter((index) => has[index] === 1)
  return {
    labels,
    kind: 'gauge',
    intervalS: grid.stepMs / 1000,
    reads: [],
    times: Float64Array.from(present, (index) => momentOf(grid, index)),
    values: Float64Array.from(present, (index) => (isCounted ? 1 : (values[index] ?? NaN))),
  }
}
