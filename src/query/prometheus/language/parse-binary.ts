import { isComparison, isOperator, isSetOperator } from './operators.ts'
import { parseLabels } from './parse-aggregation.ts'
import type { BinaryExpression, Matching, PromExpression } from './promql.ts'
import { childNamed, childrenOf, fault, textOf, type Source } from './syntax-node.ts'
import { typeOf } from './value-type.ts'

/** The two sides of an operator. */
export interface Sides {
  readonly left: PromExpression
  readonly right: PromExpression
}

/**
 * `a + on (label) b`, `a > bool 1`, `a unless b`; `source` is the node whose operator it is, its own sides are not looked
 * at.
 */
export function makeBinary(source: Source, { left, right }: Sides): BinaryExpression {
  const sign = operatorOf(source)
  const operator = textOf(sign).toLowerCase()
  if (!isOperator(operator)) throw fault(sign, `the operator "${operator}" is not supported`)
  const fill = childNamed(source, 'FillModifier')
  if (fill !== undefined) throw fault(fill, 'the modifier "fill" is not supported')
  const clause = childNamed(source, 'MatchingModifierClause')
  const expression: BinaryExpression = {
    kind: 'binary',
    place: { start: left.place.start, end: right.place.end },
    operator,
    left,
    right,
    isBool: childNamed(source, 'BoolModifier') !== undefined,
    matching:
      clause === undefined ? { kind: 'ignoring', labels: [], include: [] } : parseMatching(clause),
  }
  checkSides(expression, sign)
  checkModifiers(expression, clause ?? sign, clause !== undefined)
  return expression
}

/** The operator of a node with two sides. */
export function operatorOf(source: Source): Source {
  return childrenOf(source)[1] ?? source
}

function parseMatching(source: Source): Matching {
  const lists = childrenOf(source)
    .filter(({ node }) => node.name === 'GroupingLabels')
    .map(parseLabels)
  const [labels = [], include = []] = lists
  const isLeft = childNamed(source, 'GroupLeft') !== undefined
  const isRight = childNamed(source, 'GroupRight') !== undefined
  const kind = childNamed(source, 'On') === undefined ? 'ignoring' : 'on'
  const both = kind === 'on' ? include.find((label) => labels.includes(label)) : undefined
  if (both !== undefined) {
    throw fault(source, `the label "${both}" stands in the lists of on and of the group`)
  }
  return {
    kind,
    labels,
    include,
    ...(isLeft && { many: 'left' }),
    ...(isRight && { many: 'right' }),
  }
}

function checkSides({ left, right, operator, isBool }: BinaryExpression, source: Source): void {
  const types = [typeOf(left), typeOf(right)]
  for (const type of types) {
    if (type === 'scalar' || type === 'instant vector') continue
    throw fault(source, `an operator stands between scalars and instant vectors, not a ${type}`)
  }
  const scalars = types.filter((type) => type === 'scalar').length
  if (isSetOperator(operator) && scalars > 0) {
    throw fault(source, `"${operator}" stands between two instant vectors, not beside a scalar`)
  }
  if (isComparison(operator) && scalars === 2 && !isBool) {
    throw fault(source, 'a comparison of two scalars needs the modifier bool')
  }
}

function checkModifiers(expression: BinaryExpression, at: Source, hasMatching: boolean): void {
  const { operator, isBool, matching, left, right } = expression
  if (isBool && !isComparison(operator)) {
    throw fault(at, `the modifier bool is for comparisons, not for "${operator}"`)
  }
  if (hasMatching && (typeOf(left) === 'scalar' || typeOf(right) === 'scalar')) {
    throw fault(at, 'on and ignoring stand between two instant vectors')
  }
  if (isSetOperator(operator) && matching.many !== undefined) {
    throw fault(at, `no group can be made for "${operator}"`)
  }
}
