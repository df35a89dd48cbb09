import type { AggregationName, Grouping, PromExpression, ValueType } from './promql.ts'
import { readQuoted } from './parse-selector.ts'
import {
  childNamed,
  childrenOf,
  fault,
  placeOf,
  textOf,
  type ParseNode,
  type Source,
} from './syntax-node.ts'
import { expectType } from './value-type.ts'

/** What an aggregation takes before its vector. */
const parameterTypes: Readonly<Record<AggregationName, ValueType | undefined>> = {
  sum: undefined,
  min: undefined,
  max: undefined,
  avg: undefined,
  count: undefined,
  group: undefined,
  stddev: undefined,
  stdvar: undefined,
  topk: 'scalar',
  bottomk: 'scalar',
  quantile: 'scalar',
  count_values: 'string',
}

/** `sum by (label) (vector)`, `topk(3, vector)` */
export function parseAggregation(source: Source, parse: ParseNode): PromExpression {
  const operator = childNamed(source, 'AggregateOp')
  const body = childNamed(source, 'FunctionCallBody')
  const name = operator === undefined ? '' : textOf(operator).toLowerCase()
  if (!isAggregation(name)) throw fault(source, `the aggregation "${name}" is not supported`)
  const args = (body === undefined ? [] : childrenOf(body)).map(parse)
  const parameterType = parameterTypes[name]
  const wanted = parameterType === undefined ? 1 : 2
  const of = args.at(-1)
  if (args.length !== wanted || of === undefined) {
    throw fault(
      source,
      `${name}() takes ${wanted === 1 ? '1 argument' : '2 arguments'}, not ${args.length}`,
    )
  }
  const where = { text: source.text, where: `in the aggregation ${name}()` }
  expectType(of, 'instant vector', where)
  const parameter = parameterType && args[0]
  if (parameterType !== undefined && parameter) expectType(parameter, parameterType, where)
  const grouping = parseGrouping(childNamed(source, 'AggregateModifier'))
  const place = placeOf(source)
  return { kind: 'aggregation', place, name, grouping, of, ...(parameter && { parameter }) }
}

/** The labels between parentheses. */
export function parseLabels(source: Source): readonly string[] {
  return childrenOf(source).map((label) => {
    const quoted = childNamed(label, 'StringLiteral')
    return quoted === undefined ? textOf(label) : readQuoted(quoted)
  })
}

function parseGrouping(source: Source | undefined): Grouping {
  if (source === undefined) return { kind: 'by', labels: [] }
  const list = childNamed(source, 'GroupingLabels')
  const kind = childNamed(source, 'Without') === undefined ? 'by' : 'without'
  return { kind, labels: list === undefined ? [] : parseLabels(list) }
}

function isAggregation(name: string): name is AggregationName {
  return Object.hasOwn(parameterTypes, name)
}
