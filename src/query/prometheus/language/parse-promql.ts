import { parseAggregation } from './parse-aggregation.ts'
import { parseChain } from './parse-chain.ts'
import { describeCount, functionTable, argumentType } from './function-table.ts'
import { parseNumber } from './parse-literals.ts'
import { parseSelector, readQuoted } from './parse-selector.ts'
import type { PromExpression } from './promql.ts'
import { syntaxError } from './syntax-error.ts'
import {
  childNamed,
  childrenOf,
  fault,
  placeOf,
  readSyntax,
  textOf,
  type ParseNode,
  type Source,
} from './syntax-node.ts'
import { expectType } from './value-type.ts'

/** Characters of one question. */
const maxLength = 64 * 1024
/** Expressions within each other. */
const maxDepth = 200

/**
 * Reads PromQL and checks its types.
 * @throws {PrometheusError} `bad_data` with line and column: the text is not PromQL, or uses what is not answered.
 */
export function parsePromql(text: string): PromExpression {
  if (text.length > maxLength) {
    throw syntaxError(text, maxLength, `the expression is longer than ${maxLength} characters`)
  }
  return parseNode(readSyntax(text), 0)
}

function parseNode(source: Source, depth: number): PromExpression {
  if (depth > maxDepth) throw fault(source, `more than ${maxDepth} expressions within each other`)
  return parseChain(source, { depth, parseOperand })
}

/** What stands between signs, operators and what follows an operand. */
function parseOperand(source: Source, depth: number): PromExpression {
  const parse: ParseNode = (inner) => parseNode(inner, depth + 1)
  switch (source.node.name) {
    case 'NumberDurationLiteral':
      return parseNumberNode(source)
    case 'StringLiteral':
      return { kind: 'text', place: placeOf(source), value: readQuoted(source) }
    case 'VectorSelector':
      return parseSelector(source)
    case 'ParenExpr':
      return parse(onlyChild(source))
    case 'FunctionCall':
      return parseCall(source, parse)
    case 'AggregateExpr':
      return parseAggregation(source, parse)
    default:
      throw fault(source, `"${modifierOf(source)}" is not supported`)
  }
}

/** `anchored` of `metric[5m] anchored`. */
function modifierOf({ text, node }: Source): string {
  return textOf({ text, node: node.lastChild ?? node })
}

function onlyChild(source: Source): Source {
  const [child] = childrenOf(source)
  if (child === undefined) throw fault(source, 'there is no expression')
  return child
}

/** Its sign is told apart (`parseChain`). */
function parseNumberNode(source: Source): PromExpression {
  const text = textOf(source).replace(/^[+-]\s*/, '')
  const value = parseNumber(text)
  if (value === undefined) throw fault(source, `"${text}" is no number`)
  return { kind: 'number', place: placeOf(source), value }
}

function parseCall(source: Source, parse: ParseNode): PromExpression {
  const identifier = childNamed(source, 'FunctionIdentifier')
  const body = childNamed(source, 'FunctionCallBody')
  const name = identifier === undefined ? '' : textOf(identifier)
  const signature = functionTable.get(name)
  if (signature === undefined) throw fault(source, `the function "${name}" is not supported`)
  const args = (body === undefined ? [] : childrenOf(body)).map(parse)
  const least = signature.takes.length - signature.optional
  if (args.length < least || (args.length > signature.takes.length && !signature.isVariadic)) {
    throw fault(source, `${name}() takes ${describeCount(signature)}, not ${args.length}`)
  }
  for (const [index, argument] of args.entries()) {
    const wanted = argumentType(signature, index) ?? 'scalar'
    expectType(argument, wanted, { text: source.text, where: `in the call of ${name}()` })
  }
  return { kind: 'call', place: placeOf(source), name, args }
}
